// In a thread: a second for some thousand networks, without a break.
export { analyseStudy as compute } from '@netspace/analysis';
