export { runnerConformance, type RunnerCase } from './runner-conformance.js';
export { createTaskTrainer, type Incident, type TrainerScript } from './scripted-trainer.js';
