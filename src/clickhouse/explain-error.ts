/** What ClickHouse or the network says, as one sentence with what to do. */
import { UserError } from '../errors.ts';

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|Invalid URL|ERR_INVALID_URL/i, 'check --url'],
  [
    /AUTHENTICATION_FAILED|Authentication failed|UNKNOWN_USER|REQUIRED_PASSWORD/i,
    'check --user and $CLICKHOUSE_PASSWORD',
  ],
  [
    /UNKNOWN_AGGREGATE_FUNCTION|UNKNOWN_SETTING|SYNTAX_ERROR|Unknown function/,
    'check --table, or the server is too old; see the SQL with --print-sql',
  ],
  [/UNKNOWN_TABLE|UNKNOWN_DATABASE|UNKNOWN_FUNCTION|CANNOT_STAT|FILE_DOESNT_EXIST/i, 'check --table'],
  [/UNKNOWN_IDENTIFIER|NO_SUCH_COLUMN/i, 'check --line, --order and --columns'],
  [
    /ILLEGAL_TYPE|TYPE_MISMATCH|CANNOT_PARSE|Cannot parse|ATTEMPT_TO_READ|CANNOT_CONVERT|NO_COMMON_TYPE/i,
    'check the types of the columns',
  ],
  [
    /MEMORY_LIMIT|TOO_MANY_ROWS|TOO_MANY_BYTES|TIMEOUT_EXCEEDED|LIMIT/i,
    'try --keep disk, or raise --max-memory or --max-rows',
  ],
  [/ACCESS_DENIED|READONLY/i, 'the user may not read it'],
  [/ECONNRESET|EPIPE|socket hang up|aborted/i, 'the server went away; try again'],
];
const LONGEST = 300;

/** @returns a UserError, or what is no error of ClickHouse. */
export function explainError(error: unknown, where: string): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const code = 'type' in error ? `${error.type}` : 'code' in error ? `${error.code}` : '';
  const text = `${code} ${error.message}`.replace(/\s+/g, ' ').trim();
  const remedy = REMEDIES.find(([pattern]) => pattern.test(text))?.[1];
  const isOfClickHouse = /^(?:ClickHouseError|Chdb\w*)$/.test(error.constructor.name) || /DB::Exception/.test(text);
  if (remedy === undefined && !isOfClickHouse) return error;
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return new UserError(`${where}: ${short}; ${remedy ?? 'see the SQL with --print-sql'}`);
}
