/** Completion for zsh. */
import { type CommandDescription, isFile, type OptionDescription } from './describe.ts';

export function zshCompletion(commands: readonly CommandDescription[]): string {
  const [main, ...others] = commands;
  return `#compdef leakrank
# zsh completion for leakrank: leakrank completion zsh > "\${fpath[1]}/_leakrank"
_leakrank() {
  local -a commands=(
${others.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}\n`).join('')}  )
  case "\${words[2]}" in
${others.map((command) => `    ${command.name})\n      shift words; (( CURRENT-- ))\n${argumentsOf(command, '      ')}\n      ;;\n`).join('')}    *)
      if (( CURRENT == 2 )) && [[ "\${words[2]}" != -* ]]; then _describe -t commands command commands; fi
${main ? argumentsOf(main, '      ') : ''}
      ;;
  esac
}
if [[ "$funcstack[1]" == _leakrank ]]; then _leakrank "$@"; else compdef _leakrank leakrank; fi
`;
}

function argumentsOf({ options, arguments: taken }: CommandDescription, indent: string): string {
  const choices = taken.flatMap((argument) => argument.choices);
  const files =
    choices.length > 0
      ? [quoted(`*:${taken[0]?.name ?? 'word'}:(${choices.join(' ')})`)]
      : taken.length > 0
        ? ["'*:file:_files'"]
        : [];
  const lines = [...options.flatMap(specs), ...files];
  return `${indent}_arguments -s \\\n${lines.map((line) => `${indent}  ${line}`).join(' \\\n')}`;
}

/** One for each form; \`*\` since most may be repeated and none is worse for being offered again. */
function specs(option: OptionDescription): string[] {
  const { short, long, value, choices, description } = option;
  const action = choices.length > 0 ? `(${choices.join(' ')})` : isFile(option) ? '_files' : '';
  const argument = value === undefined ? '' : `:${value.replaceAll(':', '')}:${action}`;
  const text = description.replace(/[[\]\\]/g, '\\$&').replaceAll(':', '\\:');
  return [short, long]
    .filter((flag) => flag !== undefined)
    .map((flag) => quoted(`*${flag}${value !== undefined && flag.startsWith('--') ? '=' : ''}[${text}]${argument}`));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
