/** What a Nexus handler of any language may answer with, and by which names an operation raises it. */
const names: Readonly<Record<string, readonly [string, ...string[]]>> = {
  BAD_REQUEST: ['BadRequest', 'InvalidArgumentError'],
  UNAUTHENTICATED: ['Unauthenticated'],
  UNAUTHORIZED: ['Unauthorized', 'UnauthorizedError'],
  NOT_FOUND: ['NotFound', 'NotFoundError'],
  CONFLICT: ['Conflict'],
  RESOURCE_EXHAUSTED: ['ResourceExhausted'],
  NOT_IMPLEMENTED: ['NotImplemented'],
  INTERNAL: ['Internal'],
  UNAVAILABLE: ['Unavailable'],
};

/** @param kind as Nexus calls it: `NOT_FOUND`. @returns its names, the first of which says what it is */
export function handlerErrorNames(kind: string): readonly string[] {
  return names[kind] ?? [];
}
