/** The same type with optional properties in place of those that may be `undefined`. */
export type OmitUndefined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Copies an object without its undefined properties; the others keep their order. */
export function omitUndefined<const T extends object>(value: T): OmitUndefined<T>;
export function omitUndefined(value: object): object {
  const copy: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) if (one !== undefined) copy[name] = one;
  return copy;
}
