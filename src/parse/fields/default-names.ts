/**
 * The names under which common loggers write the figures of a request. Of several in one line the first of a list counts.
 * Names are compared without case, `_`, `-` and `@`; nested objects are joined by dots, and objects that only hold others
 * ("fields", "attributes", ...) are passed over: see field-names.ts.
 *
 * From the documentation of pino-http, express-winston, morgan-json, lograge, structlog, python-json-logger,
 * semantic_logger, the Elastic Common Schema, OpenTelemetry's HTTP and process conventions, and uWSGI's logchunks.
 */
import type { Role } from './role.ts';

/** Objects whose own name says nothing. */
export const CONTAINERS: ReadonlySet<string> = new Set(
  'fields attributes attr attrs data extra extras context ctx jsonpayload payload meta metadata properties props details labels record event log body http httprequest custom params info'.split(
    ' ',
  ),
);

const names = (text: string) => text.trim().split(/\s+/);

export const DEFAULT_NAMES: Readonly<Record<Exclude<Role, MemoryName>, readonly string[]>> = {
  uri: names(`uri url requesturi requesturl originalurl path requestpath fullpath pathinfo urlpath urlfull
    req.url req.originalurl req.uri req.path request.url request.uri request.originalurl request.path request.target
    url.original url.full url.path url.pathname target req.target rawpath`),
  route: names(`route routename routepath req.route.path req.route request.route matchedroute urlrule
    task taskname celerytask job jobname jobclass endpoint view viewname viewfunc handler resource operation
    transaction transaction.name rpc.method name`),
  controller: names('controller controllername params.controller'),
  action: names('action actionname params.action'),
  request: names('request requestline reqline req'),
  method: names(`method httpmethod requestmethod verb req.method request.method`),
  status: names(`status statuscode httpstatus httpstatuscode responsestatus responsecode res.statuscode res.status
    response.statuscode response.status response.status.code statusline`),
  pid: names('pid processid process.pid process.id workerpid procid ospid proc.pid'),
  worker: names(`worker workerid workername wid process.name processname process proc worker.id worker.name
    cluster.worker.id clusterworker`),
  host: names(`hostname pod podname container containername containerid instance instanceid dyno nodename
    host.name host.hostname pod.name container.name container.id kubernetes.podname kubernetes.pod.name k8s.pod.name
    machine machinename servername host`),
  time: names(`time timestamp ts datetime date logtime eventtime localtime timelocal timeiso8601 asctime starttime
    startedat finishedat timegenerated t`),
  logger: names('msg message level levelname severity logger loglevel lvl'),
};

type MemoryName = 'rss' | 'uss' | 'pss' | 'vsz' | 'heap' | 'delta' | 'request-peak' | 'process-peak';

/** A unit may stand behind each of these, and one of {@link MEMORY_PLACES} before it. */
export const MEMORY_NAMES: Readonly<Record<MemoryName, readonly string[]>> = {
  rss: names(`rss memrss memoryrss rssmem rssmemory rssafter afterrss rssend endrss processrss workerrss currentrss
    residentsetsize residentset residentmemory vmrss memoryusage memory.usage memusage memory mem memoryused memused
    usedmemory processmemory workermemory memoryafter memafter`),
  uss: names('uss memuss memoryuss uniquesetsize privatememory'),
  pss: names('pss mempss memorypss proportionalsetsize'),
  vsz: names('vsz vms vsize vmsize memvsz memvms memoryvms virtualmemory addressspace'),
  heap: names('heapused heap.used usedheap usedheapsize heapusedsize heapallocated heapalloc heap'),
  delta: names(`rssdelta deltarss memdelta deltamem memorydelta deltamemory rssdiff memdiff memorydiff rssgrowth
    memgrowth memorygrowth rsschange memchange memorychange memoryincrease`),
  'request-peak': names('memorypeakusage peakmemory memorypeak peakmem mempeak peakmemoryusage memorygetpeakusage'),
  'process-peak': names('maxrss rumaxrss peakrss rsspeak vmhwm maxmemoryused'),
};

export const MEMORY_PLACES: readonly string[] = names(
  `mem memory memoryusage memusage process process.memory process.memoryusage process.mem proc stats metrics worker`,
);

/** Bytes per unit, as they stand at the end of names and behind numbers: servers that say kB or MB of memory count in 1024. */
export const UNIT_BYTES: ReadonlyMap<string, number> = new Map([
  ['bytes', 1],
  ['byte', 1],
  ['b', 1],
  ['kibibytes', 1024],
  ['kilobytes', 1024],
  ['kib', 1024],
  ['kb', 1024],
  ['k', 1024],
  ['mebibytes', 1024 ** 2],
  ['megabytes', 1024 ** 2],
  ['mib', 1024 ** 2],
  ['mb', 1024 ** 2],
  ['m', 1024 ** 2],
  ['gibibytes', 1024 ** 3],
  ['gigabytes', 1024 ** 3],
  ['gib', 1024 ** 3],
  ['gb', 1024 ** 3],
  ['g', 1024 ** 3],
  ['pages', 4096],
]);
