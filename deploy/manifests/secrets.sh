#!/usr/bin/env bash
# Makes the Secrets of this folder, once: ./secrets.sh [NAMESPACE]. A second call changes nothing.
set -euo pipefail
namespace=${1:-default}
random() { head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
encode() { od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'; }
for name in mlkit-mlflow-postgres-secrets mlkit-mlflow-secrets mlkit-object-store-secrets mlkit-redis-secrets mlkit-feast-secrets mlkit-training-secrets; do
    if [ -n "$(kubectl --namespace "$namespace" get secret "$name" --ignore-not-found --output 'jsonpath={.data}')" ]; then
        echo "Secret $name has values already; nothing was changed."
        exit 0
    fi
done
mlflowPostgresPassword=${mlflowPostgresPassword:-$(random)}
mlflowPostgresPassword_yaml=$(printf %s "$mlflowPostgresPassword" | sed "s/'/''/g")
mlflowPostgresPassword_uri=$(printf %s "$mlflowPostgresPassword" | encode)
storageAccessKey=${storageAccessKey:-$(random)}
storageAccessKey_yaml=$(printf %s "$storageAccessKey" | sed "s/'/''/g")
storageAccessKey_uri=$(printf %s "$storageAccessKey" | encode)
storageSecretKey=${storageSecretKey:-$(random)}
storageSecretKey_yaml=$(printf %s "$storageSecretKey" | sed "s/'/''/g")
storageSecretKey_uri=$(printf %s "$storageSecretKey" | encode)
redisPassword=${redisPassword:-$(random)}
redisPassword_yaml=$(printf %s "$redisPassword" | sed "s/'/''/g")
redisPassword_uri=$(printf %s "$redisPassword" | encode)
trainingSigningKey=${trainingSigningKey:-$(random)}
trainingSigningKey_yaml=$(printf %s "$trainingSigningKey" | sed "s/'/''/g")
trainingSigningKey_uri=$(printf %s "$trainingSigningKey" | encode)
kubectl --namespace "$namespace" apply --server-side --field-manager=secrets --filename - <<SECRETS
---
apiVersion: v1
kind: Secret
metadata:
  name: mlkit-mlflow-postgres-secrets
type: Opaque
stringData:
  POSTGRES_PASSWORD: '${mlflowPostgresPassword_yaml}'
---
apiVersion: v1
kind: Secret
metadata:
  name: mlkit-mlflow-secrets
type: Opaque
stringData:
  MLFLOW_BACKEND_STORE_URI: 'postgresql://postgres:${mlflowPostgresPassword_uri}@mlkit-mlflow-postgres:5432/mlflow'
---
apiVersion: v1
kind: Secret
metadata:
  name: mlkit-object-store-secrets
type: Opaque
stringData:
  AWS_ACCESS_KEY_ID: '${storageAccessKey_yaml}'
  AWS_SECRET_ACCESS_KEY: '${storageSecretKey_yaml}'
---
apiVersion: v1
kind: Secret
metadata:
  name: mlkit-redis-secrets
type: Opaque
stringData:
  REDIS_PASSWORD: '${redisPassword_yaml}'
---
apiVersion: v1
kind: Secret
metadata:
  name: mlkit-feast-secrets
type: Opaque
stringData:
  ConnectionStrings__redis: 'mlkit-redis:6379,password=${redisPassword_yaml}'
---
apiVersion: v1
kind: Secret
metadata:
  name: mlkit-training-secrets
type: Opaque
stringData:
  ConnectionStrings__redis: 'mlkit-redis:6379,password=${redisPassword_yaml}'
  MLKIT__GATE__SIGNINGKEY: '${trainingSigningKey_yaml}'
SECRETS
