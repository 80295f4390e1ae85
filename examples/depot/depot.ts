/** A depot that is not on Temporal: it keeps no state but in memory, and calls back when a parcel is packed. */
import { createServer } from 'node:http';
import { HandlerError, HandlerStartOperationResult, OperationError, serviceHandler } from 'nexus-rpc';
import { complete, type Completion, completionOf, listener, nexusTarget, type Outcome } from 'twfc/runtime/http';
import { DepotService } from './generated/services.js';

const stock: Readonly<Record<string, number>> = { apple: 3, pear: 0 };
const packing = new Map<string, { readonly timer: NodeJS.Timeout; readonly completion: Completion }>();

/** Tells whoever has ordered, as often as it takes. */
async function tell(completion: Completion, orderId: string, outcome: Outcome): Promise<void> {
  packing.delete(orderId);
  await complete(completion, orderId, outcome).catch(console.error);
}

const depot = serviceHandler(DepotService, {
  async CountItems(_, sku) {
    if (!Object.hasOwn(stock, sku)) throw new HandlerError('NOT_FOUND', 'Nobody has heard of this item');
    return stock[sku]!;
  },

  PackParcel: {
    async start(ctx, { orderId, items }) {
      const completion = completionOf(ctx);
      if (!completion) throw new HandlerError('BAD_REQUEST', 'Packing takes a while: say where to call back');
      // A call that is tried again is still one order.
      if (!packing.has(orderId)) {
        const weight = items.reduce((sum, { count }) => sum + 150 * count, 0);
        const result = { label: `parcel ${orderId}`, weight };
        const timer = setTimeout(() => void tell(completion, orderId, { result }), 500);
        packing.set(orderId, { timer, completion });
      }
      return HandlerStartOperationResult.async(orderId);
    },

    async cancel(_, orderId) {
      const order = packing.get(orderId);
      if (!order) return;
      clearTimeout(order.timer);
      await tell(order.completion, orderId, { failure: new OperationError('canceled', 'The order was cancelled') });
    },
  },
});

const target = nexusTarget([depot], {
  basePath: '/nexus',
  // The development service of this machine; in earnest, the one origin of the Temporal Service.
  callbackOrigins: ({ hostname }) => hostname === '127.0.0.1',
});
createServer(listener(target)).listen(18733, '127.0.0.1', () => console.error('depot: at work'));
