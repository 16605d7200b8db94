using System.Text.Json;

namespace MlKit.Aspire.Vocabulary;

/// <summary>What <c>--publisher manifest</c> writes of each kind of resource.</summary>
public sealed class ManifestTests
{
    [Fact]
    public async Task Project_has_its_path_and_expressions_instead_of_addresses()
    {
        using var model = Model.Manifest();
        model.File("api/Properties/launchSettings.json", """{"profiles":{"http":{"commandName":"Project","applicationUrl":"http://localhost:5123"}}}""");
        var api = model.Project("api").WithArgs("--fast").WithExternalHttpEndpoints();
        model.Container("page").WithReference(api.GetEndpoint("http"));

        var resources = await model.WriteManifestAsync();

        var project = resources.GetProperty("api");
        Assert.Equal(("project.v0", "../api/api.csproj"), (Text(project, "type"), Text(project, "path")));
        Assert.Equal("--fast", project.GetProperty("args")[0].GetString());
        Assert.Equal("true", Text(project, "env", "ASPNETCORE_FORWARDEDHEADERS_ENABLED"));
        Assert.Equal("{api.bindings.http.targetPort}", Text(project, "env", "HTTP_PORTS"));
        Assert.Equal("""{"scheme":"http","protocol":"tcp","transport":"http","external":true}""", Json(project, "bindings", "http"));
        Assert.True(project.GetProperty("bindings").TryGetProperty("https", out _));
        Assert.Equal("{api.bindings.http.url}", Text(resources.GetProperty("page"), "env", "services__api__http__0"));
    }

    [Fact]
    public async Task Container_has_image_mounts_and_a_port_of_its_own_where_it_has_none()
    {
        using var model = Model.Manifest();
        model.Builder.AddContainer("first", "ghcr.io/org/app", "1.2").WithEntrypoint("/run").WithVolume("data", "/data").WithHttpEndpoint().WithEndpoint(name: "raw", port: 8000);
        model.Builder.AddContainer("second", "image").WithHttpEndpoint(targetPort: 80).WithHttpEndpoint(name: "more");

        var resources = await model.WriteManifestAsync();

        Assert.Equal(
            """{"type":"container.v0","image":"ghcr.io/org/app:1.2","entrypoint":"/run","volumes":[{"name":"data","target":"/data","readOnly":false}],"bindings":{"http":{"scheme":"http","protocol":"tcp","transport":"http","targetPort":8001},"raw":{"scheme":"tcp","protocol":"tcp","transport":"tcp","port":8000,"targetPort":8000}}}""",
            Json(resources, "first"));
        Assert.Equal([80, 8002], resources.GetProperty("second").GetProperty("bindings").EnumerateObject().Select(b => b.Value.GetProperty("targetPort").GetInt32()));
    }

    [Fact]
    public async Task Executable_has_command_and_folder_relative_to_the_manifest()
    {
        using var model = Model.Manifest();
        model.Program("tool", "one", "two").WithEnvironment("A", "1");

        Assert.Equal(
            """{"type":"executable.v0","workingDirectory":"..","command":"program","args":["one","two"],"env":{"A":"1"}}""",
            Json(await model.WriteManifestAsync(), "tool"));
    }

    [Fact]
    public async Task Dockerfile_is_a_build_with_arguments_and_secrets_by_expression()
    {
        using var model = Model.Manifest();
        model.File("app/Dockerfile", "FROM scratch AS final");
        model.Builder.AddDockerfile("app", "app", stage: "final").WithBuildArg("VERSION", "1").WithBuildSecret("TOKEN", model.Builder.AddParameter("token", secret: true));
        model.Builder.AddDockerfileFactory("made", "app", _ => "FROM made");

        var resources = await model.WriteManifestAsync();

        Assert.Equal("container.v1", Text(resources, "app", "type"));
        Assert.Equal(
            """{"context":"../app","dockerfile":"../app/Dockerfile","stage":"final","args":{"VERSION":"1"},"secrets":{"TOKEN":{"type":"env","value":"{token.value}"}}}""",
            Json(resources, "app", "build"));
        Assert.Equal("made.Dockerfile", Text(resources, "made", "build", "dockerfile"));
        Assert.Equal("FROM made", await File.ReadAllTextAsync(Path.Combine(model.Folder, "out", "made.Dockerfile"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Parameter_is_an_input_and_its_value_here_is_not_written()
    {
        using var model = Model.Manifest();
        model.Builder.Configuration["Parameters:plain"] = "value of this machine";
        model.Builder.AddParameter("plain");
        model.Builder.AddParameter("level", "info", publishValueAsDefault: true);
        model.Builder.AddParameter("key", new GenerateParameterDefault { MinLength = 9 }, secret: true);

        var resources = await model.WriteManifestAsync();

        Assert.Equal("""{"type":"parameter.v0","value":"{plain.inputs.value}","inputs":{"value":{"type":"string"}}}""", Json(resources, "plain"));
        Assert.Equal("info", Text(resources, "level", "inputs", "value", "default", "value"));
        Assert.Equal("""{"type":"string","secret":true,"default":{"generate":{"minLength":9}}}""", Json(resources, "key", "inputs", "value"));
    }

    [Fact]
    public async Task Database_is_a_value_of_its_server_and_the_password_that_nobody_added_is_there()
    {
        using var model = Model.Manifest();
        var database = model.Builder.AddPostgres("pg").AddDatabase("db");
        model.Program("tool").WithReference(database);

        var resources = await model.WriteManifestAsync();

        Assert.Equal("container.v0", Text(resources, "pg", "type"));
        Assert.Contains("{pg-password.value}", Text(resources, "pg", "connectionString"), StringComparison.Ordinal);
        Assert.Equal("""{"type":"value.v0","connectionString":"{pg.connectionString};Database=db"}""", Json(resources, "db"));
        Assert.Equal("{db.connectionString}", Text(resources, "tool", "env", "ConnectionStrings__db"));
        Assert.Equal(22, resources.GetProperty("pg-password").GetProperty("inputs").GetProperty("value").GetProperty("default").GetProperty("generate").GetProperty("minLength").GetInt32());
    }

    [Fact]
    public async Task Connection_string_that_is_configured_is_an_input()
    {
        using var model = Model.Manifest();
        model.Builder.AddConnectionString("shared");
        model.Builder.AddConnectionString("composed", ReferenceExpression.Create($"Host=h;{model.Builder.AddParameter("rest").Resource}"));

        var resources = await model.WriteManifestAsync();

        Assert.Equal("""{"type":"parameter.v0","connectionString":"{shared.value}","value":"{shared.inputs.value}","inputs":{"value":{"type":"string","secret":true}}}""", Json(resources, "shared"));
        Assert.Equal("""{"type":"value.v0","connectionString":"Host=h;{rest.value}"}""", Json(resources, "composed"));
    }

    [Fact]
    public async Task Every_expression_names_something_that_the_manifest_has_choices_included()
    {
        using var model = Model.Manifest();
        var kind = model.Builder.AddParameter("kind", "s3", publishValueAsDefault: true);
        var redis = model.Builder.AddRedis("cache");
        var inner = ReferenceExpression.CreateConditional(kind.Resource, "file", ReferenceExpression.Create($"file:/data"), ReferenceExpression.Create($"s3://{redis.Resource.PasswordParameter!}"));
        model.Program("tool").WithEnvironment("STORE", ReferenceExpression.Create($"{inner}/models")).WithReference(redis);

        var resources = await model.WriteManifestAsync();

        var names = System.Text.RegularExpressions.Regex.Matches(Json(resources), @"\{([A-Za-z][\w-]*)\.").Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Contains(names, name => name.StartsWith("cond-", StringComparison.Ordinal));
        Assert.All(names, name => Assert.True(resources.TryGetProperty(name, out _), name));
        var choice = resources.EnumerateObject().Single(r => r.Name.StartsWith("cond-", StringComparison.Ordinal)).Value;
        Assert.Equal("""{"type":"value.v0","condition":"{kind.value}","matchValue":"file","whenTrue":"file:/data","whenFalse":"s3://{cache-password.value}"}""", Json(choice));
    }

    [Fact]
    public async Task What_is_excluded_or_an_environment_is_left_out()
    {
        using var model = Model.Manifest();
        model.Container("seen");
        model.Container("unseen").ExcludeFromManifest();
        model.Builder.AddKubernetesEnvironment("k8s");
        model.Builder.AddExternalService("elsewhere", "https://example.com/");

        Assert.Equal(["seen"], (await model.WriteManifestAsync()).EnumerateObject().Select(r => r.Name));
    }

    private static string? Text(JsonElement element, params string[] path) => path.Aggregate(element, (e, name) => e.GetProperty(name)).GetString();

    private static string Json(JsonElement element, params string[] path) => JsonSerializer.Serialize(path.Aggregate(element, (e, name) => e.GetProperty(name)), Relaxed);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
