# The command netspace, for pods of any x86-64 or arm64 node: kernels for every instruction set are in it.
FROM node:22-bookworm
WORKDIR /netspace
COPY . .
RUN npm run setup && npm run -s build-addon -w @netspace/engine-native -- --all && npm cache clean --force
ENV PATH=/netspace/node_modules/.bin:$PATH
USER node
WORKDIR /work
CMD ["netspace", "--help"]
