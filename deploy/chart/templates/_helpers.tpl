{{/* The beginning of every object's name: the release, and the chart where the release does not name it. */}}
{{- define "mlkit.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 28 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 28 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "mlkit.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* An image reference; a digest wins over the tag, global.imageRegistry over the image's own registry. */}}
{{- define "mlkit.image" -}}
{{- $image := .image -}}
{{- $registry := .root.Values.global.imageRegistry | default $image.registry -}}
{{- $name := ternary (printf "%s/%s" $registry $image.repository) $image.repository (not (empty $registry)) -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name ($image.tag | default .root.Chart.AppVersion | toString) -}}
{{- end -}}
{{- end -}}

{{/* The Secret of a resource: the one that the values name, or the chart's own. */}}
{{- define "mlkit.secretName" -}}
{{- .given | default (printf "%s-%s" (include "mlkit.fullname" .root) .name) -}}
{{- end -}}

{{/* A password that nobody gave: made once, read back from the cluster ever after. */}}
{{- define "mlkit.generated" -}}
{{- $root := .root -}}
{{- $made := get $root.Values "generatedSecrets" | default dict -}}
{{- if not (hasKey $made .key) -}}
{{- $kept := lookup "v1" "Secret" $root.Release.Namespace (printf "%s-generated" (include "mlkit.fullname" $root)) | default dict -}}
{{- $old := get ($kept.data | default dict) .key | b64dec -}}
{{- $_ := set $made .key ($old | default (randAlphaNum 32)) -}}
{{- $_ := set $root.Values "generatedSecrets" $made -}}
{{- end -}}
{{- get $made .key -}}
{{- end -}}

{{- define "mlkit.secret.mlflowPostgresPassword" -}}
{{- .Values.secrets.mlflowPostgresPassword | default (include "mlkit.generated" (dict "root" . "key" "mlflowPostgresPassword")) -}}
{{- end -}}

{{- define "mlkit.secret.storageAccessKey" -}}
{{- .Values.secrets.storageAccessKey | default (include "mlkit.generated" (dict "root" . "key" "storageAccessKey")) -}}
{{- end -}}

{{- define "mlkit.secret.storageSecretKey" -}}
{{- .Values.secrets.storageSecretKey | default (include "mlkit.generated" (dict "root" . "key" "storageSecretKey")) -}}
{{- end -}}

{{- define "mlkit.secret.redisPassword" -}}
{{- .Values.secrets.redisPassword | default (include "mlkit.generated" (dict "root" . "key" "redisPassword")) -}}
{{- end -}}

{{- define "mlkit.secret.trainingSigningKey" -}}
{{- .Values.secrets.trainingSigningKey | default (include "mlkit.generated" (dict "root" . "key" "trainingSigningKey")) -}}
{{- end -}}
