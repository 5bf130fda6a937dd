import { z } from 'zod';

const factors: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 };

const forms = 'a number, or one with k, M, G or T behind it: 80k, 4M, 1.5G, 50e6';

/**
 * A finite number, or text with a decimal prefix: k thousand, M million, G billion, T trillion.
 *
 * @example
 * import { parseConfig, quantitySchema } from '@netspace/config-file';
 * import { z } from 'zod';
 * const schema = z.strictObject({ flops: z.array(quantitySchema) });
 * parseConfig('flops: [4M, 1.5G, 80k, 50e6]', 'study.yaml', schema); // => { flops: [4e6, 1.5e9, 80e3, 50e6] }
 */
export const quantitySchema: z.ZodType<number, number | string> = z
  .union([z.number(), z.string()])
  .transform((value, context) => {
    const quantity = typeof value === 'number' ? value : parsed(value);
    if (Number.isFinite(quantity)) return quantity;
    context.addIssue({ code: 'custom', message: `got ${JSON.stringify(value)}`, params: { expected: forms } });
    return z.NEVER;
  });

function parsed(text: string): number {
  const [, digits, prefix] = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?) ?([kMGT]?)$/.exec(text) ?? [];
  if (digits === undefined || prefix === undefined) return NaN;
  const factor = factors[prefix] ?? 1;
  // Through the text of a power of ten: 1.1M is 1100000 exactly, where 1.1 * 1e6 is not.
  const [mantissa, exponent = '0'] = digits.toLowerCase().split('e');
  return Number(`${mantissa}e${Number(exponent) + Math.log10(factor)}`);
}
