using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL servers and databases.</summary>
public static partial class PostgresBuilderExtensions
{
    private const string Image = "library/postgres";
    private const string Tag = "18.3";
    private const string Registry = "docker.io";
    private const int DefaultPort = 5432;
    private const string DataPath = "/var/lib/postgresql";

    /// <summary>Adds a PostgreSQL server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="userName">The user; null is <c>postgres</c>.</param>
    /// <param name="password">The password; null generates one.</param>
    /// <param name="port">The port that callers on this machine use; null lets the host choose.</param>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, secret);
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            check, _ => new PostgresPing(server), failureStatus: null, tags: null));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: DefaultPort, name: PostgresServerResource.PrimaryEndpointName)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
            })
            .WithHealthCheck(check);
    }

    /// <summary>Adds a database; in run mode the host creates it once the server is ready.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="databaseName">The name in the server; the default is that of the resource.</param>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, [ResourceName] string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var application = builder.ApplicationBuilder;
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        var added = application.AddResource(database);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        var check = $"{name}_check";
        application.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            check, _ => new PostgresPing(database), failureStatus: null, tags: null));
        application.Eventing.Subscribe<ResourceReadyEvent>(builder.Resource, (ready, cancellationToken) =>
            PostgresDatabaseCreation.CreateAsync(database, ready.Services, cancellationToken));
        return added.WithHealthCheck(check);
    }

    /// <summary>Sets what creates the database, in place of <c>CREATE DATABASE</c>.</summary>
    /// <param name="builder">The database.</param>
    /// <param name="script">SQL that is run in the server once.</param>
    public static IResourceBuilder<PostgresDatabaseResource> WithCreationScript(this IResourceBuilder<PostgresDatabaseResource> builder, string script)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(script);
        return builder.WithAnnotation(new PostgresCreationScriptAnnotation(script), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Keeps the data in a volume.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the volume; the default is made of the application and the resource.</param>
    /// <param name="isReadOnly">Whether the server may only read.</param>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataPath, isReadOnly);
    }

    /// <summary>Keeps the data in a folder of this machine.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The folder, relative to the AppHost's.</param>
    /// <param name="isReadOnly">Whether the server may only read.</param>
    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, DataPath, isReadOnly);

    /// <summary>Runs the scripts of a folder when the server starts without data.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The folder, relative to the AppHost's.</param>
    /// <param name="isReadOnly">Whether the server may only read.</param>
    [Obsolete("Use WithInitFiles instead.")]
    public static IResourceBuilder<PostgresServerResource> WithInitBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = true) =>
        builder.WithBindMount(source, "/docker-entrypoint-initdb.d", isReadOnly);

    /// <summary>Sets the port that callers on this machine use.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="port">The port; null lets the host choose.</param>
    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(PostgresServerResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
    }

    /// <summary>Sets the password.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="password">The password.</param>
    public static IResourceBuilder<PostgresServerResource> WithPassword(this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(password);
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }

    /// <summary>Sets the user.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="userName">The user.</param>
    public static IResourceBuilder<PostgresServerResource> WithUserName(this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> userName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(userName);
        builder.Resource.UserNameParameter = userName.Resource;
        return builder;
    }
}

/// <summary>What creates a database.</summary>
internal sealed record PostgresCreationScriptAnnotation(string Script) : IResourceAnnotation;
