/** Which slots of a form the reading of its lines is made of. */
import type { Field } from '../../fields/field-names.ts';
import type { FieldRecord } from '../../fields/record.ts';
import type { Role } from '../../fields/role.ts';
import { LOGGER_NAME, PROCESS_SIZES, SURE_ROUTES } from '../../fields/rules.ts';
import type { SlotKind } from './skeleton.ts';

export interface Place {
  slot: number;
  kind: SlotKind;
  field: Field;
}

export interface Figure {
  slot: number;
  unitBytes: number;
  /** Whether a small number raises doubts about its unit. */
  isDoubtful: boolean;
}

/** What the line does not say is undefined. */
export interface Meaning {
  uri: Place | undefined;
  /** A request line, where there is no URI. */
  request: Place | undefined;
  method: Place | undefined;
  /** The route's own name; of two places they are controller and action. */
  route: readonly Place[];
  pid: Place | undefined;
  worker: Place | undefined;
  host: Place | undefined;
  status: Place | undefined;
  time: Place | undefined;
  rss: Figure | undefined;
  pss: Figure | undefined;
  uss: Figure | undefined;
  heap: Figure | undefined;
  vsz: Figure | undefined;
}

/**
 * @param record holds the form's slots (numbers) in place of its values.
 * @returns undefined when a line's reading takes more than numbers and texts as they stand: then JSON.parse reads all.
 */
export function meaningOf(record: FieldRecord, kinds: readonly SlotKind[]): Meaning | undefined {
  let isSimple = true;
  const refuse = (): undefined => {
    isSimple = false;
  };
  const place = (role: Role, ...allowed: SlotKind[]): Place | undefined => {
    const found = record.found(role);
    if (found === undefined) return undefined;
    const slot = found.value;
    const kind = typeof slot === 'number' ? kinds[slot] : undefined;
    return kind !== undefined && allowed.includes(kind) ? { slot: slot as number, kind, field: found.field } : refuse();
  };
  const figure = (role: Role): Figure | undefined => {
    const found = place(role, 'number');
    if (found === undefined) return undefined;
    const { unitBytes } = found.field;
    const isDoubtful = unitBytes === undefined && PROCESS_SIZES.has(role);
    return { slot: found.slot, unitBytes: unitBytes ?? 1, isDoubtful };
  };
  const uri = place('uri', 'text');
  const pid = place('pid', 'number', 'text');
  const meaning: Meaning = {
    uri,
    request: uri ? undefined : place('request', 'text'),
    method: place('method', 'text'),
    route: routeOf(),
    pid,
    worker: pid ? undefined : place('worker', 'text'),
    host: place('host', 'text'),
    status: place('status', 'number', 'text'),
    time: place('time', 'number', 'text'),
    rss: figure('rss'),
    pss: figure('pss'),
    uss: figure('uss'),
    heap: figure('heap'),
    vsz: figure('vsz'),
  };
  // The method is then the request line's.
  if (uri && !meaning.method && record.found('request')) refuse();
  if (!uri && !meaning.request && meaning.route.length === 0) refuse();
  const { rss, pss, uss, heap, vsz } = meaning;
  if (!(rss || pss || uss || heap || vsz)) refuse();
  return isSimple ? meaning : undefined;

  /** As in FieldRecord, of fields that are not empty. */
  function routeOf(): Place[] {
    const hasPath = uri !== undefined || record.found('request') !== undefined;
    const route = record.found('route');
    const controller = record.found('controller');
    const action = record.found('action');
    const isGiven = route !== undefined && (route.field.rank < 0 || SURE_ROUTES.test(route.field.name));
    if (isGiven) return places('route');
    if (controller && action) return places('controller', 'action');
    const isName = route !== undefined && !(LOGGER_NAME.test(route.field.name) && record.found('logger'));
    if (hasPath) return [];
    if (isName) return places('route');
    return action ? places('action') : controller ? places('controller') : [];
  }

  function places(...roles: Role[]): Place[] {
    return roles.map((role) => place(role, 'text')).filter((found) => found !== undefined);
  }
}

/** The slots that it reads texts from. */
export function textSlots(meaning: Meaning): number[] {
  const { uri, request, method, route, pid, worker, host, status, time } = meaning;
  return [uri, request, method, ...route, pid, worker, host, status, time].flatMap((place) =>
    place?.kind === 'text' ? [place.slot] : [],
  );
}
