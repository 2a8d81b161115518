/**
 * What the page needs of a browser that not every one has; it is looked for once, when the page starts.
 *
 * `build.target` in `vite.config.ts` names the oldest browsers that have all of it. What the page uses only where a
 * browser has it is listed in `tests/architecture/features.test.ts`.
 */

/** The parts of a window that are looked at. */
export interface FeatureScope {
  readonly CSS?: { readonly supports: (property: string, value: string) => boolean };
  readonly Array: { readonly prototype: object };
  readonly AbortSignal?: object;
  readonly ResizeObserver?: unknown;
  readonly ReadableStream?: unknown;
  readonly customElements?: unknown;
}

type Has = (scope: FeatureScope) => boolean;

const REQUIRED: Readonly<Record<string, Has>> = {
  "light-dark()": ({ CSS }) => CSS?.supports("color", "light-dark(red,blue)") === true,
  "Array.prototype.toSorted": ({ Array }) => "toSorted" in Array.prototype,
  "Array.prototype.findLastIndex": ({ Array }) => "findLastIndex" in Array.prototype,
  "AbortSignal.timeout": ({ AbortSignal }) => AbortSignal !== undefined && "timeout" in AbortSignal,
  ResizeObserver: (scope) => "ResizeObserver" in scope,
  ReadableStream: (scope) => "ReadableStream" in scope,
  customElements: (scope) => "customElements" in scope,
};

/** The names of what is required and is not there. */
export function missingFeatures(scope: FeatureScope): readonly string[] {
  return Object.entries(REQUIRED)
    .filter(([, has]) => !has(scope))
    .map(([name]) => name);
}
