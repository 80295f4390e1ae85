export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly service: { readonly ran: number; readonly skipped: number };
}

interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly meta?: { readonly service?: boolean } }[];
  }[];
}

export declare function count(report: Report | undefined, exitCode: number): Counts;
export declare function summary(counts: Counts, failedChecks: readonly string[], noService?: string): string;
