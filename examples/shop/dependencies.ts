/** What the activities of the shop call: here in memory, in real life a warehouse, a bank and a mail server. */
import { Decimal } from 'decimal.js';
import type { NotificationsDependencies, OrdersDependencies, PaymentsDependencies } from './generated/activities.js';

const say = (who: string, what: string) => console.log(`${who.padEnd(13)} ${what}`);

export const orders: OrdersDependencies = {
  warehouse: {
    reserve(orderId, items) {
      say('warehouse', `reserves ${items.length} items for order ${orderId}`);
      return `reservation-${orderId}`;
    },
    release(reservation) {
      say('warehouse', `releases ${reservation}`);
    },
  },
  ledger: {
    markAsPaid(orderId, receipt) {
      say('ledger', `order ${orderId} is paid, receipt ${receipt}`);
    },
  },
};

let payouts = new Decimal(0);

export const payments: PaymentsDependencies = {
  bureau: {
    score(customerId) {
      const score = customerId.startsWith('stranger') ? 95 : 12;
      say('credit bureau', `scores ${customerId}: ${score}`);
      return score;
    },
  },
  bank: {
    charge(paymentId, amount) {
      say('bank', `charges ${amount} for payment ${paymentId}`);
      return `receipt-${paymentId}`;
    },
    requestTransfer(paymentId, amount) {
      say('bank', `requests a transfer of ${amount} for payment ${paymentId}`);
      return `receipt-${paymentId}`;
    },
    payOut(seller, amount) {
      payouts = payouts.plus(amount);
      say('bank', `pays ${amount} to ${seller}, ${payouts.toFixed()} in all`);
    },
  },
  invoices: {
    write(orderId, receipt) {
      say('bookkeeping', `writes the invoice for order ${orderId}, ${receipt}`);
      return `2026-${orderId}`;
    },
  },
};

export const notifications: NotificationsDependencies = {
  mail: {
    send(to, text) {
      say('mail', `to ${to}: ${text}`);
    },
  },
};
