import { workflowInfo } from '@temporalio/workflow';

type Workflows = Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>;

/** One for each mutant: the loader writes them here. */
const mutants: readonly (() => Workflows)[] = [];

/** Runs the workflow that was asked for, in the mutant whose number the workflow id is. */
export default async function mutated(...args: unknown[]): Promise<unknown> {
  const { workflowId, workflowType } = workflowInfo();
  return await mutants[Number(workflowId)]!()[workflowType]!(...args);
}
