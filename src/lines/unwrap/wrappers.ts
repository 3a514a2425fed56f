/** All wrappers, in the order in which they are tried on a line: the more special before the more general. */
import { cloudwatchTail } from './cloudwatch-tail.ts';
import { collectorJson } from './collector-json.ts';
import { colour } from './colour.ts';
import { compose } from './compose.ts';
import { cri } from './cri.ts';
import { dockerJson } from './docker-json.ts';
import { gunicornLog } from './gunicorn-log.ts';
import { heroku } from './heroku.ts';
import { journaldJson } from './journald-json.ts';
import { journaldText } from './journald-text.ts';
import { kubectlPrefix } from './kubectl-prefix.ts';
import { logDate } from './log-date.ts';
import { logEventsJson } from './log-events-json.ts';
import { processManager } from './process-manager.ts';
import { rfc5424 } from './rfc5424.ts';
import { stern } from './stern.ts';
import { syslog } from './syslog.ts';
import { syslogFrames } from './syslog-frames.ts';
import { timestamp } from './timestamp.ts';
import type { Wrapper } from './wrapper.ts';

export const WRAPPERS: readonly Wrapper[] = [
  dockerJson,
  journaldJson,
  logEventsJson,
  collectorJson,
  cri,
  heroku,
  cloudwatchTail,
  rfc5424,
  syslogFrames,
  syslog,
  journaldText,
  kubectlPrefix,
  processManager,
  compose,
  stern,
  gunicornLog,
  logDate,
  timestamp,
  colour,
];
