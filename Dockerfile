FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
# Root can't run PostgreSQL, and nothing here needs root.
RUN useradd --create-home app && mkdir -p .data && chown app:app .data
COPY --from=build --chown=app:app /app/node_modules ./node_modules
COPY --from=build --chown=app:app /app/build ./build
COPY --from=build --chown=app:app /app/prisma ./prisma
COPY --from=build --chown=app:app /app/package.json /app/prisma.config.ts /app/server.ts ./
USER app
EXPOSE 3000
CMD ["node", "server.ts"]
