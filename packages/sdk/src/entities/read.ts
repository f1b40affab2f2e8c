import { decodeError } from '../errors/decode.ts';

/** Options of every reader. */
export type ReadOptions = {
  /** Block whose state is read; the newest by default. */
  blockNumber?: bigint | undefined;
};

/** Runs a read and turns what it throws into an error that says what to do. */
export async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw decodeError(error);
  }
}

/** The block option as viem takes it. */
export function at({ blockNumber }: ReadOptions): { blockNumber?: bigint } {
  return blockNumber === undefined ? {} : { blockNumber };
}
