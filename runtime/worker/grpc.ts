import { isGrpcServiceError } from '@temporalio/client';

/** The status codes that are told apart here. */
const STATUS = { NOT_FOUND: 5, ALREADY_EXISTS: 6, FAILED_PRECONDITION: 9 };

/** Whether a call failed with one of these statuses. */
export function hasStatus(error: unknown, ...statuses: readonly (keyof typeof STATUS)[]): boolean {
  return isGrpcServiceError(error) && statuses.some((status) => error.code === STATUS[status]);
}
