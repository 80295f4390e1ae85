export declare function build(names?: readonly string[], dist?: string): Promise<string[]>;
