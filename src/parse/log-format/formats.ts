/** The formats that a log-format string describes: one for each server, so that the report says whose lines they are. */
import type { Format } from '../format.ts';
import { compileLogFormat, type Server, serverOf } from './compile.ts';
import { readEncoders } from './encoder.ts';
import { LogFormatParser } from './parser.ts';

export const uwsgiLogFormat: Format = ofServer(
  'uwsgi',
  'uwsgi-log-format',
  "uWSGI's log-format, as --log-format gives it",
);
export const gunicornAccessLog: Format = ofServer(
  'gunicorn',
  'gunicorn-access-log',
  "gunicorn's access_log_format, as --log-format gives it",
);

function ofServer(server: Server, name: string, recognisedBy: string): Format {
  return {
    name,
    recognisedBy,
    isExplicit: true,
    isAvailable: ({ logFormats }) => logFormats.some((format) => serverOf(format) === server),
    create: (context) => {
      const { options } = context;
      const encoder = server === 'uwsgi' ? readEncoders(options.logEncoders) : undefined;
      const formats = options.logFormats
        .filter((format) => serverOf(format) === server)
        .flatMap((format) => {
          const plain = compileLogFormat(format);
          return encoder ? [compileLogFormat(format, encoder), plain] : [plain];
        });
      return new LogFormatParser(context, formats);
    },
  };
}
