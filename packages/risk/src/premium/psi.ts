import { CapitalExceededError } from '../errors.ts';
import { mulDivDown, mulDivUp } from '../integer/mulDiv.ts';

/**
 * Psi(S) = K_p (u + a u^2 / (1 - u)) with u = S / K_p and a = 1/2, which is S + S^2 / (2 (K_p - S)); rounded down.
 *
 * Source: `PremiumMath.psiDown`.
 * @param required S, 1e-12 asset units, as the result
 * @param capital K_p, 1e-12 asset units
 * @throws CapitalExceededError unless S < K_p
 */
export function psiDown(required: bigint, capital: bigint): bigint {
  return required + mulDivDown(required, required, 2n * free(required, capital));
}

/**
 * Psi(S), rounded up.
 *
 * Source: `PremiumMath.psiUp`.
 * @param required S, 1e-12 asset units, as the result
 * @param capital K_p, 1e-12 asset units
 * @throws CapitalExceededError unless S < K_p
 */
export function psiUp(required: bigint, capital: bigint): bigint {
  return required + mulDivUp(required, required, 2n * free(required, capital));
}

function free(required: bigint, capital: bigint): bigint {
  if (required >= capital) throw new CapitalExceededError(required, capital);
  return capital - required;
}
