/** Required capital reaches pricing capital: there is no price at or above it. Sale gates refuse long before. */
export class CapitalExceededError extends RangeError {
  override readonly name = 'CapitalExceededError';
  /** 1e-12 asset units. */
  readonly required: bigint;
  /** 1e-12 asset units. */
  readonly capital: bigint;

  constructor(required: bigint, capital: bigint) {
    super(
      `Required capital ${required} is not below pricing capital ${capital}: check the sale gates first.`,
    );
    this.required = required;
    this.capital = capital;
  }
}

/** More is taken out of a market or a group than it carries: the book and the market do not belong together. */
export class LoadExceededError extends RangeError {
  override readonly name = 'LoadExceededError';
  /** What would go below zero: `variance`, `totalCover`, or the load of a group. */
  readonly field: string;

  constructor(field: string) {
    super(`${field} would go below zero: read the pool and its market at the same block.`);
    this.field = field;
  }
}
