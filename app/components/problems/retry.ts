/** Posts one intent of the Problems page. */
export type Retry = (fields: Record<string, string>) => void;

export interface RetryProps {
  retry: Retry;
  isBusy: boolean;
}
