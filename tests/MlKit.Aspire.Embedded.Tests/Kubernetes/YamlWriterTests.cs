using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Kubernetes.Yaml;

namespace MlKit.Aspire.Embedded.Tests.Kubernetes;

public class YamlWriterTests
{
    [Fact]
    public void An_autoscaler_holds_only_what_was_set()
    {
        var autoscaler = new HorizontalPodAutoscalerV2
        {
            Metadata = { Name = "scorer" },
            Spec =
            {
                ScaleTargetRef = { ApiVersion = "apps/v1", Kind = "Deployment", Name = "scorer" },
                MinReplicas = 2,
                MaxReplicas = 6,
                Metrics =
                {
                    new MetricSpecV2
                    {
                        Type = "Resource",
                        Resource = { Name = "cpu", Target = { Type = "Utilization", AverageUtilization = 70 } },
                    },
                },
            },
        };

        Assert.Equal(
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata:
              name: scorer
            spec:
              scaleTargetRef:
                apiVersion: apps/v1
                kind: Deployment
                name: scorer
              maxReplicas: 6
              metrics:
                - resource:
                    name: cpu
                    target:
                      type: Utilization
                      averageUtilization: 70
                  type: Resource
              minReplicas: 2

            """,
            Text(autoscaler));
    }

    [Fact]
    public void An_empty_object_is_written_where_it_was_put_on_purpose()
    {
        var volume = new VolumeV1 { Name = "tmp", EmptyDir = new EmptyDirVolumeSourceV1() };

        Assert.Equal("name: tmp\nemptyDir: {}\n", YamlWriter.Write(YamlTree.FromObject(volume)));
    }

    [Fact]
    public void A_port_is_a_number_or_a_name()
    {
        var service = new ServiceSpecV1
        {
            Ports = { new ServicePortV1 { Name = "http", Port = 80, TargetPort = "8080" }, new ServicePortV1 { Port = 1, TargetPort = "grpc" } },
        };

        Assert.Equal(
            "ports:\n  - name: http\n    port: 80\n    targetPort: 8080\n  - port: 1\n    targetPort: grpc\n",
            YamlWriter.Write(YamlTree.FromObject(service)));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("No", "\"No\"")]
    [InlineData("1.5", "\"1.5\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("-x", "\"-x\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("say \"hi\"\\\n", "\"say \\\"hi\\\"\\\\\\n\"")]
    [InlineData("/health", "/health")]
    public void A_text_stays_a_text(string value, string expected) => Assert.Equal(expected, YamlWriter.Scalar(value));

    [Theory]
    [InlineData("{{ include \"x.name\" . }}-scorer", "{{ include \"x.name\" . }}-scorer")]
    [InlineData("{{ include \"x.name\" . }}", "{{ include \"x.name\" . | quote }}")]
    [InlineData("http://{{ include \"x.name\" . }}-b:80", "{{ printf \"http://%s-b:80\" (include \"x.name\" .) | quote }}")]
    [InlineData("100%{{ .Values.a }}", "{{ printf \"100%%%s\" (toString .Values.a) | quote }}")]
    public void A_helm_expression_is_quoted_by_its_result(string value, string expected) =>
        Assert.Equal(expected, YamlWriter.Scalar(value));

    [Fact]
    public void Braces_that_are_no_expression_survive_the_template_engine() =>
        Assert.Equal("{{ printf \"a%sb}}\" \"{{\" | quote }}", YamlWriter.Scalar(HelmText.Escape("a{{b}}")));

    [Fact]
    public void A_conditional_key_stands_inside_its_condition()
    {
        var map = new YamlMapping()
            .Add("replicas", new YamlExpression(".Values.a.replicas"), "not .Values.a.autoscaling.enabled")
            .Add("resources", new YamlBlock("toYaml .Values.a.resources"));

        Assert.Equal(
            "{{- if not .Values.a.autoscaling.enabled }}\nreplicas: {{ .Values.a.replicas }}\n{{- end }}\n"
            + "resources:\n  {{- toYaml .Values.a.resources | nindent 2 }}\n",
            YamlWriter.Write(map));
    }

    private static string Text(BaseKubernetesResource resource) => YamlWriter.Write(YamlTree.FromObject(resource));
}
