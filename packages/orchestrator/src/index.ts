export { main } from './main.js';
export { readStudy, type Study, studySchema } from './study.js';
export { runPipeline, type StudyOptions } from './pipeline.js';
