/** Completion for bash, which needs nothing but bash itself. */
import { type CommandDescription, isFile } from './describe.ts';

export function bashCompletion(commands: readonly CommandDescription[]): string {
  const names = commands.map(({ name }) => name).filter((name) => name !== '');
  return `# bash completion for leakrank: source <(leakrank completion bash)
_leakrank() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=''
  # In --option=value the = is a word of its own.
  if [[ $current == '=' ]]; then current=''; elif [[ $previous == '=' ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if (( COMP_CWORD > 1 )); then
    case \${COMP_WORDS[1]} in ${alternatives(names)}) command=\${COMP_WORDS[1]} ;; esac
  fi
  local options='' words='' files=yes values=''
  case $command in
${commands.map(commandCase).join('')}  esac
  if [[ $values == file ]]; then
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$current"))
    compopt -o filenames 2>/dev/null
  elif [[ $values == any ]]; then
    COMPREPLY=()
  elif [[ -n $values ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$current"))
  elif [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  else
    if [[ -z $command ]] && (( COMP_CWORD == 1 )); then words='${names.join(' ')}'; fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    if [[ $files == yes ]]; then
      local IFS=$'\\n'
      COMPREPLY+=($(compgen -f -- "$current"))
      compopt -o filenames 2>/dev/null
    fi
  fi
}
complete -F _leakrank leakrank
`;
}

function commandCase(command: CommandDescription): string {
  const { name, options } = command;
  const words = options.flatMap(({ short, long }) => [short, long].filter((flag) => flag !== undefined));
  const choices = command.arguments.flatMap((argument) => argument.choices);
  const takesFiles =
    command.arguments.length > choices.length || command.arguments.some(({ name: argument }) => /file/.test(argument));
  const valued = options.filter(({ value }) => value !== undefined);
  return `    ${name === '' ? "''" : name})
      options='${words.join(' ')}'
      ${choices.length > 0 ? `words='${choices.join(' ')}' ` : ''}files=${takesFiles ? 'yes' : 'no'}
      case $previous in
${valued.map((option) => `        ${alternatives([option.short, option.long])}) values='${option.choices.join(' ') || (isFile(option) ? 'file' : 'any')}' ;;\n`).join('')}      esac
      ;;
`;
}

function alternatives(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join('|') || "''";
}
