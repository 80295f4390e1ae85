import { condition } from '@temporalio/workflow';
import type { Passive } from './handle.js';

/** A place in the queue before an inbox. */
export interface Seat<Args extends unknown[]> extends Passive<Args> {
  /** Gives the place up, whether something was taken or not. */
  leave(): void;
}

/**
 * The arrivals of one signal, oldest first. Each is consumed by exactly one of those who wait, and who has waited
 * longest gets the oldest.
 */
export class Inbox<Args extends unknown[]> {
  /** What nobody has consumed yet. */
  readonly arrivals: Args[];
  private readonly seats: Seat<Args>[] = [];

  /** @param carried what an earlier run of the workflow has not consumed */
  constructor(
    readonly name: string,
    carried: readonly Args[] = [],
  ) {
    this.arrivals = [...carried];
  }

  /** Waits for an arrival, and consumes it. */
  async next(): Promise<Args> {
    const seat = this.queue();
    try {
      await condition(() => seat.ready);
      return seat.take();
    } finally {
      seat.leave();
    }
  }

  /** Begins to wait: the arrival is there when the seat is ready. */
  queue(): Seat<Args> {
    const { arrivals, seats } = this;
    const seat: Seat<Args> = {
      get ready() {
        return arrivals.length > seats.indexOf(seat);
      },
      take() {
        const place = seats.indexOf(seat);
        this.leave();
        return arrivals.splice(place, 1)[0]!;
      },
      leave() {
        const place = seats.indexOf(seat);
        if (place >= 0) seats.splice(place, 1);
      },
    };
    seats.push(seat);
    return seat;
  }
}
