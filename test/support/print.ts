/** Short ways to a printed report. */

import type { Report } from '../../src/index.ts';
import type { PrintStyle } from '../../src/report/printer.ts';
import { PRINTERS, type ReportKind } from '../../src/report/printers.ts';

export const STYLE: PrintStyle = { width: 100, top: 100, colour: false, ascii: false, units: 'iec' };

export async function print(kind: ReportKind, report: Report, style: Partial<PrintStyle> = {}): Promise<string> {
  const printer = await PRINTERS[kind].load();
  return printer(report, { style: { ...STYLE, ...style }, toTerminal: true, classicRows: [] });
}
