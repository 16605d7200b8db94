using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;

namespace Aspire.Hosting;

public static partial class PostgresBuilderExtensions
{
    private const string InitPath = "/docker-entrypoint-initdb.d";

    /// <summary>Runs the scripts of a file or folder when the server starts without data.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The file or folder, relative to the AppHost's.</param>
    public static IResourceBuilder<PostgresServerResource> WithInitFiles(this IResourceBuilder<PostgresServerResource> builder, string source) =>
        builder.WithContainerFiles(InitPath, source);

    /// <summary>Adds pgAdmin, a web page that manages all PostgreSQL servers of the application; a second call changes it.</summary>
    /// <param name="builder">A server.</param>
    /// <param name="configureContainer">Changes the container.</param>
    /// <param name="containerName">The name of the resource; the default is <c>pgadmin</c>.</param>
    public static IResourceBuilder<T> WithPgAdmin<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<PgAdminContainerResource>>? configureContainer = null, string? containerName = null)
        where T : PostgresServerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var admin = Companion(builder, containerName ?? "pgadmin", name => new PgAdminContainerResource(name), added => added
            .WithImage("dpage/pgadmin4", "9.15.0").WithImageRegistry("docker.io")
            .WithHttpEndpoint(targetPort: 80, name: "http")
            .WithEnvironment(context =>
            {
                // The page is this machine's own: it asks nobody for a password.
                context.EnvironmentVariables["PGADMIN_CONFIG_MASTER_PASSWORD_REQUIRED"] = "False";
                context.EnvironmentVariables["PGADMIN_CONFIG_SERVER_MODE"] = "False";
                context.EnvironmentVariables["PGADMIN_DEFAULT_EMAIL"] = "admin@domain.com";
                context.EnvironmentVariables["PGADMIN_DEFAULT_PASSWORD"] = "admin";
            })
            .WithHttpHealthCheck("/browser/")
            .WithContainerFiles("/pgadmin4", (context, cancellationToken) => PgAdminServers.FilesAsync(builder.ApplicationBuilder.Resources, cancellationToken)));
        configureContainer?.Invoke(admin);
        return builder;
    }

    /// <summary>Adds pgweb, a web page that shows the databases of the application; a second call changes it.</summary>
    /// <param name="builder">A server.</param>
    /// <param name="configureContainer">Changes the container.</param>
    /// <param name="containerName">The name of the resource; the default is <c>pgweb</c>.</param>
    public static IResourceBuilder<PostgresServerResource> WithPgWeb(this IResourceBuilder<PostgresServerResource> builder, Action<IResourceBuilder<PgWebContainerResource>>? configureContainer = null, string? containerName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var web = Companion(builder, containerName ?? "pgweb", name => new PgWebContainerResource(name), added => added
            .WithImage("sosedoff/pgweb", "0.17.0").WithImageRegistry("docker.io")
            .WithHttpEndpoint(targetPort: 8081, name: "http")
            .WithArgs("--sessions", "--bookmarks-dir=/.pgweb/bookmarks")
            .WithHttpHealthCheck()
            .WithContainerFiles("/", (context, cancellationToken) => PgWebBookmarks.FilesAsync(builder.ApplicationBuilder.Resources, cancellationToken)));
        configureContainer?.Invoke(web);
        return builder;
    }

    /// <summary>Adds a server that lets tools which speak MCP ask the database.</summary>
    /// <param name="builder">The database.</param>
    /// <param name="configureContainer">Changes the container.</param>
    /// <param name="containerName">The name of the resource; the default is <c>NAME-mcp</c>.</param>
    [System.Diagnostics.CodeAnalysis.Experimental("ASPIREPOSTGRES001")]
    public static IResourceBuilder<PostgresDatabaseResource> WithPostgresMcp(this IResourceBuilder<PostgresDatabaseResource> builder, Action<IResourceBuilder<PostgresMcpContainerResource>>? configureContainer = null, string? containerName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = builder.Resource;
        var mcp = Companion(builder, containerName ?? $"{database.Name}-mcp", name => new PostgresMcpContainerResource(name), added => added
            .WithImage("crystaldba/postgres-mcp", "0.3.0").WithImageRegistry("docker.io")
            .WithHttpEndpoint(targetPort: 8000, name: "http")
            .WithArgs("--transport=sse", "--access-mode=unrestricted")
            .WithEnvironment("DATABASE_URI", database.UriExpression)
            .WaitFor(builder));
        configureContainer?.Invoke(mcp);
        return builder;
    }

    /// <summary>Sets the port that callers on this machine use.</summary>
    /// <param name="builder">pgAdmin.</param>
    /// <param name="port">The port; null lets the host choose.</param>
    public static IResourceBuilder<PgAdminContainerResource> WithHostPort(this IResourceBuilder<PgAdminContainerResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint("http", endpoint => endpoint.Port = port);
    }

    /// <summary>Sets the port that callers on this machine use.</summary>
    /// <param name="builder">pgweb.</param>
    /// <param name="port">The port; null lets the host choose.</param>
    public static IResourceBuilder<PgWebContainerResource> WithHostPort(this IResourceBuilder<PgWebContainerResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint("http", endpoint => endpoint.Port = port);
    }

    private static IResourceBuilder<T> Companion<T>(IResourceBuilder<IResource> builder, string name, Func<string, T> create, Action<IResourceBuilder<T>> configure)
        where T : ContainerResource => CompanionContainer.GetOrAdd(builder, name, create, configure);
}
