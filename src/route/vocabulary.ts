/** Words whose meaning tells a place from a value. */

/** Actions and views that frameworks and applications put beside values. */
export const PLACES: ReadonlySet<string> = new Set(
  `about activate active add admin all analytics api apply approve archive archived assign attachments audit auth authorize autocomplete
  avatar batch bulk cancel categories check clone close comments complete config configuration confirm copy count create current
  dashboard data deactivate default delete destroy details disable download draft drafts edit enable events exists explore export
  export.csv favorites feed feed.xml files filter find followers following follow forgot-password generate graphql health help history
  home image images import index index.html info inbox invite items join json latest leave like list lock login logout lookup mark me
  merge metadata metrics mine move my new next notifications oauth open options order overview password pause pending ping popular
  posts preview previous print private process profile public publish random read recent recommendations refresh register reject
  remove rename reopen reorder replace report reports reset reset-password restore results resume retry review root rss run save
  schema search self send session settings share show sign-in sign-up sign_in sign_out sign_up signin signout signup sort start
  stat statistics stats status stop submit subscribe suggest suggestions summary sync tags templates test thumbnail toggle top
  totals trash tree trending unfollow unlike unlock unpublish unread unsubscribe update upload uploads upsert url usage validate
  verify version versions view views webhook whoami`
    .split(/\s+/)
    .filter(Boolean),
);

const LONGEST_PLACE = Math.max(...[...PLACES].map(({ length }) => length));

/** Two letters that stand in a path for a language far more often than for anything else. */
export const LANGUAGES: ReadonlySet<string> = new Set(
  'ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy it ja ka kk ko lt lv mk nb nl nn pl pt ro ru sk sl sq sr sv th tr uk ur uz vi zh'.split(
    ' ',
  ),
);

/** Ends in s, and is not the plural of anything that has an address. */
const NO_COLLECTIONS = new Set(
  `access address admins ads analytics apps assets bus business class cms css details diagnostics dns docs downloads economics
  express forms graphics helpers https js kubernetes logistics maps metrics ms news operations options os permissions preferences
  process progress properties reports rss services settings sms statics statistics stats status statuses sys tools tls utilities utils
  ws wss`
    .split(/\s+/)
    .filter(Boolean),
);

/** Whether a segment beside values is a place by its name. */
export function isPlace(segment: string): boolean {
  return segment.length <= LONGEST_PLACE && PLACES.has(segment.toLowerCase());
}

export function isLanguage(segment: string): boolean {
  return LANGUAGES.has(segment);
}

/** Whether the segment says that values follow: the plural of a noun, as `users`. */
export function namesCollection(segment: string): boolean {
  const word = segment.toLowerCase().split(/[-_.]/).at(-1) ?? '';
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') && !NO_COLLECTIONS.has(word);
}
