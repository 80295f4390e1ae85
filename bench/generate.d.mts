export function generateProgram(lines: number): string;
