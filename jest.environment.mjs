/**
 * Jest's environment of Node, whose global object is an ordinary one. Jest makes it a proxy, so that each `Math` or `Object`
 * in a test and all that it calls is a call of it: loops of arithmetic took ten times as long.
 */
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

export default class extends TestEnvironment {
  constructor(...args) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...args);
    } finally {
      vm.createContext = createContext;
    }
  }
}
