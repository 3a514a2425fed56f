/**
 * What programs that run others put before their lines.
 *
 *     20:50:35 web.1   | line                  foreman, honcho
 *     uwsgi stdout | line                      supervisor-stdout
 *     0|web      | line                        pm2
 *     2026-11-23 20:50:35 [123] | line         circus
 *     @400000006923f0c10a2b3c4d line           multilog, s6-log
 *
 * Overmind's and docker compose's are alike. supervisord's own log files hold the lines as they are.
 */
import { leadingStamp } from './stamp.ts';
import { innerLine, isDigit, isLetter, type Wrapper } from './wrapper.ts';

const COLOUR = '(?:\\x1b\\[[\\d;]{0,12}m)?';
const BAR = `${COLOUR}\\|${COLOUR} ?${COLOUR}`;
const FOREMAN = new RegExp(`^${COLOUR}\\d\\d:\\d\\d:\\d\\d ([A-Za-z][\\w.-]{0,63}) {1,64}${BAR}`);
const SUPERVISOR = /^([A-Za-z\d][\w.:-]{0,63}) (stdout|stderr) \| /;
const PM2 = new RegExp(`^${COLOUR}(\\d{1,4})\\|([\\w.@-]{1,64}) {0,64}${BAR}`);
const CIRCUS = / \[\d{1,10}\] \| /y;
/** TAI64N: seconds since 1970 with 2^62 and 10 added, and nanoseconds. */
const TAI64N = /^@4([\da-f]{15})([\da-f]{8}) /;
const TAI_SECONDS = 10;
const [AT, ESCAPE] = [0x40, 0x1b];

export const processManager: Wrapper = {
  name: 'process-manager',
  begins: (code) => code === AT || code === ESCAPE || isDigit(code) || isLetter(code),
  unwrap(text) {
    const first = text.charCodeAt(0);
    if (first === AT) {
      const tai = TAI64N.exec(text);
      if (!tai) return undefined;
      const time = (Number.parseInt(tai[1]!, 16) - TAI_SECONDS) * 1000 + Math.floor(Number.parseInt(tai[2]!, 16) / 1e6);
      return Number.isSafeInteger(time) ? innerLine(text.slice(tai[0].length), { time, zoned: true }) : undefined;
    }
    if (!isDigit(first) && first !== ESCAPE) {
      const supervisor = SUPERVISOR.exec(text);
      if (!supervisor) return undefined;
      return innerLine(text.slice(supervisor[0].length), { origin: supervisor[1]!, stream: supervisor[2]! });
    }
    const foreman = FOREMAN.exec(text);
    if (foreman) return innerLine(text.slice(foreman[0].length), { origin: foreman[1]! });
    const pm2 = PM2.exec(text);
    if (pm2) return innerLine(text.slice(pm2[0].length), { origin: `${pm2[2]}/${pm2[1]}` });
    const stamp = leadingStamp(text);
    if (!stamp) return undefined;
    CIRCUS.lastIndex = stamp.end;
    if (!CIRCUS.test(text)) return undefined;
    return innerLine(text.slice(CIRCUS.lastIndex), { time: stamp.time, zoned: stamp.zoned });
  },
};
