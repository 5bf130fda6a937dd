import type { ComparedArms } from '@netspace/contracts';
import { z } from 'zod';

/** A column of errors or of accuracies. */
export interface ErrorColumn {
  readonly column: string;
  readonly is: 'error' | 'accuracy';
  /** Per cent where it is left out, and some value is above 1. */
  readonly unit?: 'per cent' | 'share';
}

/** The rows of a table that are one setting, and what names the spaces in it. */
export interface SettingRows {
  readonly name: string;
  /** What a row has in some columns; all rows where it is left out. */
  readonly where: Readonly<Partial<Record<string, readonly (string | number | boolean)[]>>>;
  /** The column whose values are the spaces. */
  readonly space: string;
}

/** What the columns of a table of results are. */
export interface Columns {
  readonly name?: string;
  readonly settings: readonly SettingRows[];
  readonly compare: ComparedArms;
  readonly network?: string;
  readonly error: ErrorColumn;
  readonly validationError?: ErrorColumn;
  readonly seconds?: string;
  readonly parameters: readonly string[];
  readonly complexity: { readonly flops?: string; readonly params?: string; readonly acts?: string };
  /** Networks of two spaces that agree in all of these, but for the one that names the space, are compared in pairs. */
  readonly pair?: readonly string[];
}

/**
 * The file that says what the columns of a table are.
 *
 * @param header - The columns that there are.
 */
export function columnsSchema(header: readonly string[]): z.ZodType<Columns> {
  const column = z.enum(header);
  const cell = z.union([z.string(), z.number(), z.boolean()]);
  const errorColumn = z.union([
    column.transform((name): ErrorColumn => ({ column: name, is: 'error' })),
    z.strictObject({
      column,
      is: z.enum(['error', 'accuracy']).default('error'),
      unit: z.enum(['per cent', 'share']).exactOptional(),
    }),
  ]);
  const where = z.partialRecord(column, z.union([cell.transform((one) => [one]), z.array(cell)])).default({});
  return z
    .strictObject({
      name: z.string().min(1).exactOptional(),
      space: column.exactOptional(),
      where,
      settings: z
        .array(z.strictObject({ name: z.string().min(1), where, space: column.exactOptional() }))
        .min(1)
        .exactOptional(),
      compare: z.enum(['predecessor', 'first', 'all']).default('first'),
      network: column.exactOptional(),
      error: errorColumn,
      validationError: errorColumn.exactOptional(),
      seconds: column.exactOptional(),
      parameters: z.array(column).default([]),
      complexity: z
        .strictObject({
          flops: column.exactOptional(),
          params: column.exactOptional(),
          acts: column.exactOptional(),
        })
        .default({}),
      pair: z.array(column).min(1).exactOptional(),
    })
    .transform(({ space, where: all, settings = [{ name: 'base', where: {} }], ...columns }, context): Columns => {
      const rows = settings.flatMap((setting): SettingRows[] => {
        const named = ('space' in setting ? setting.space : undefined) ?? space;
        return named === undefined ? [] : [{ name: setting.name, where: { ...all, ...setting.where }, space: named }];
      });
      if (rows.length < settings.length) {
        context.addIssue({
          code: 'custom',
          path: ['space'],
          message: 'is not there',
          params: { expected: header.join(', ') },
        });
      }
      return { ...columns, settings: rows };
    });
}
