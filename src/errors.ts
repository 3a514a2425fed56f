/**
 * A mistake of the user or a file that cannot be used: the message is one sentence that says what, where and what to do.
 * The command prints the message alone and exits 2; any other error is a bug and keeps its stack.
 */
export class UserError extends Error {
  override name = 'UserError';
}
