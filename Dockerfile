FROM node:22-slim AS build
WORKDIR /portico
ENV NEXT_TELEMETRY_DISABLED=1
# first what the dependencies are made of: they are installed anew only when it has changed
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
# all that .dockerignore lets pass: a list of what is needed is a list to forget something on
COPY . .
RUN node lib/cli/package.mjs --folder

FROM node:22-slim
LABEL org.opencontainers.image.title="Portico" \
      org.opencontainers.image.description="The front door for Claude connectors: an OAuth 2.1 authorization server and MCP endpoint" \
      org.opencontainers.image.licenses="MIT"
# a container's loopback is its own: what is published reaches it by another address
ENV NODE_ENV=production PORT=3000 PORTICO_HOST=:: PORTICO_DATA_DIR=/data
WORKDIR /portico
# root's, so that the server cannot change what it runs
COPY --from=build /portico/dist/portico ./
# threads share what they have freed: by default each keeps its own, 60 MB together
ENV MALLOC_ARENA_MAX=2
RUN mkdir -m 0700 /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["node", "-e", \
  "fetch(`http://localhost:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# without a word more it serves; `docker run … portico operators list` is one of its commands
ENTRYPOINT ["node", "/portico/server/portico.mjs"]
