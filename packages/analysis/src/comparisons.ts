// Arms compared, without what looks at each arm by itself: it is loaded in a part of the time
export type { ComparedArm } from './compared-arm.js';
export { compareArms, type ComparisonChoice } from './compare-arms.js';
