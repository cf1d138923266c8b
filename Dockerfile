FROM node:22-slim AS build
WORKDIR /portico
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
COPY prisma prisma
COPY lib/cli lib/cli
RUN npm ci
COPY next.config.ts postcss.config.mjs tsconfig.json instrumentation.ts ./
COPY lib lib
COPY components components
COPY app app
RUN npm run build && rm -rf .next/cache && npm prune --omit=dev --ignore-scripts

FROM node:22-slim
WORKDIR /portico
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORTICO_DATA_DIR=/data
COPY --from=build --chown=node:node /portico ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", \
  "fetch(`http://localhost:${process.env.PORT || 3000}/.well-known/oauth-protected-resource`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "lib/cli/start.mjs"]
