# The command netspace, for pods on processors of the family that it is built on: with kernels for all its instruction sets.
FROM node:22-bookworm
WORKDIR /netspace
COPY . .
RUN npm run setup && npm run -s build-addon -w @netspace/engine-native -- --all && npm cache clean --force
ENV PATH=/netspace/node_modules/.bin:$PATH
USER node
WORKDIR /work
CMD ["netspace", "--help"]
