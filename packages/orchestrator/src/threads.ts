// The threads of an analysis, without what it is made from: they are started before all else is loaded
export { type AnalysisThreads, startAnalysis } from './threads/analyse-in-threads.js';
