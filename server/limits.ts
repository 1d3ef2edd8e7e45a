/** How much one institution's customers may ask of the card: the limits an operator can set, and what they are unset. */

export interface Limits {
  /** Of one address; an IPv6 address counts with its /64. */
  signInsPerMinute: number;
  /** Of a private or loopback peer: a proxy or a load balancer, which stands for everybody behind it. */
  signInsPerMinuteOfAProxy: number;
  /** Of one session. */
  apiCallsPerMinute: number;
  /** Of one session. The bank's core is somebody's mainframe: a customer's finger may ask it this often. */
  refreshesPerMinute: number;
  /** Of one customer in one browser; the oldest ends. */
  sessionsPerCustomer: number;
}

export const DEFAULT_LIMITS: Limits = {
  signInsPerMinute: 20,
  signInsPerMinuteOfAProxy: 2_000,
  apiCallsPerMinute: 60,
  refreshesPerMinute: 4,
  sessionsPerCustomer: 5,
};
