namespace MlKit.Aspire.Vocabulary;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task WithEnvironment_takes_texts_values_callbacks_and_interpolated_strings()
    {
        using var model = Model.Run("--ConnectionStrings:db", "Host=x");
        var parameter = model.Builder.AddParameter("p", "a b");
        var server = model.Program("server").WithHttpEndpoint().Allocate(5000);
        var outside = model.Builder.AddExternalService("outside", "https://outside.example/");
        var program = model.Program()
            .WithEnvironment("TEXT", "1")
            .WithEnvironment("INTERPOLATED", $"{parameter:uri}/x")
            .WithEnvironment("EXPRESSION", ReferenceExpression.Create($"<{parameter}>"))
            .WithEnvironment("LATER", () => "later")
            .WithEnvironment(context => context.EnvironmentVariables["CONTEXT"] = context.Resource.Name)
            .WithEnvironment(async context =>
            {
                await Task.Yield();
                context.EnvironmentVariables["ASYNC"] = "yes";
            })
            .WithEnvironment("ENDPOINT", server.GetEndpoint("http"))
            .WithEnvironment("OUTSIDE", outside)
            .WithEnvironment("PARAMETER", parameter)
            .WithEnvironment("CONNECTION", model.Builder.AddConnectionString("db"))
            .WithEnvironment("PORT", server.GetEndpoint("http").Property(EndpointProperty.Port));

        var environment = await program.EnvironmentAsync();

        Assert.Equal(
            ["1", "a%20b/x", "<a b>", "later", "program", "yes", "http://localhost:5000", "https://outside.example/", "a b", "Host=x", "5000"],
            environment.Values);
    }

    [Fact]
    public async Task WithEnvironment_writes_expressions_when_published()
    {
        using var model = Model.Publish();
        var secret = model.Builder.AddParameter("secret", secret: true);
        var container = model.Container().WithEnvironment("A", secret).WithEnvironment("B", $"x{secret}");
        Assert.Equal(["{secret.value}", "x{secret.value}"], (await container.EnvironmentAsync()).Values);
    }

    [Fact]
    public async Task WithArgs_takes_texts_values_and_callbacks_in_their_order()
    {
        using var model = Model.Run();
        var parameter = model.Builder.AddParameter("p", "v");
        var program = model.Program("program", "first").WithArgs("a", "b").WithArgs(parameter.Resource, 7).WithArgs(context => context.Args.Insert(0, "zero"))
            .WithArgs(async context =>
            {
                await Task.Yield();
                context.Args.Add("last");
            });
        Assert.Equal(["zero", "first", "a", "b", "v", "7", "last"], await program.ArgumentsAsync());
    }

    [Fact]
    public async Task WithOtlpExporter_tells_where_telemetry_goes_and_under_which_name()
    {
        using var model = Model.Run("--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:4317", "--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "http://localhost:4318");
        var either = await model.Program("either").WithOtlpExporter().EnvironmentAsync();
        var http = await model.Program("http").WithOtlpExporter(OtlpProtocol.HttpProtobuf).EnvironmentAsync();
        Assert.Equal(("http://localhost:4317", "grpc", "either"), (either["OTEL_EXPORTER_OTLP_ENDPOINT"], either["OTEL_EXPORTER_OTLP_PROTOCOL"], either["OTEL_SERVICE_NAME"]));
        Assert.Equal(("http://localhost:4318", "http/protobuf"), (http["OTEL_EXPORTER_OTLP_ENDPOINT"], http["OTEL_EXPORTER_OTLP_PROTOCOL"]));
    }

    [Fact]
    public async Task WithOtlpExporterIfEndpointAvailable_is_silent_where_nobody_listens()
    {
        using var model = Model.Run("--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:4317");
        Assert.Empty(await model.Program("http").WithOtlpExporterIfEndpointAvailable(OtlpProtocol.HttpProtobuf).EnvironmentAsync());
        Assert.Equal("http://localhost:4317", (await model.Program("grpc").WithOtlpExporterIfEndpointAvailable(OtlpProtocol.Grpc).EnvironmentAsync())["OTEL_EXPORTER_OTLP_ENDPOINT"]);
    }

    [Fact]
    public async Task WithVolume_tells_a_program_where_its_folder_is_and_a_container_the_target()
    {
        using var model = Model.Run();
        var program = model.Program().WithVolume(name: "data", target: "/data", env: "DATA");
        var container = model.Container().WithVolume(name: "data", target: "/data", env: "DATA").WithVolume("named", "/named", true).WithVolume("/anonymous");
        Assert.True(Path.IsPathFullyQualified((await program.EnvironmentAsync())["DATA"]));
        Assert.Equal("/data", (await container.EnvironmentAsync())["DATA"]);
        Assert.Equal(
            [("data", "/data", false), ("named", "/named", true), (null, "/anonymous", false)],
            container.Resource.Annotations.OfType<ContainerMountAnnotation>().Select(m => (m.Source, m.Target, m.IsReadOnly)));
    }
}
