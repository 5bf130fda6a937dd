import { Option } from 'commander';
import { modelFormats } from '@netspace/tensorflow-export';

/** `--format FORMAT`, the form in which a network is written. */
export function formatOption(): Option {
  return new Option('--format <format>', 'form of the model').choices(modelFormats).makeOptionMandatory();
}
