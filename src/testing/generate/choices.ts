/**
 * Decisions, taken from a row of numbers. Where the numbers have run out, the first way is taken everywhere: generators
 * put the simplest first, so that they come to an end, and so that fewer and smaller numbers give simpler programs.
 */
export class Choices {
  private at = 0;

  constructor(private readonly numbers: readonly number[]) {}

  get exhausted(): boolean {
    return this.at >= this.numbers.length;
  }

  /** At least 0, and less than `count`. */
  below(count: number): number {
    if (count <= 1) return 0;
    return (this.numbers[this.at++] ?? 0) % count;
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** One of the keys, each as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let rest = this.below(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [key, weight] of entries) {
      if (rest < weight) return key;
      rest -= weight;
    }
    return entries[0]![0];
  }

  /** Between two numbers, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  list<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.between(least, most) }, (_, index) => make(index));
  }

  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    return items.map(() => left.splice(this.below(left.length), 1)[0]!);
  }
}
