/** Records that cannot be read at all; the message says what to do. Single bad rows are rejects, not errors. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
