using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Postgres
{
    /// <summary>pgAdmin, a web page that manages PostgreSQL servers.</summary>
    /// <param name="name">The name.</param>
    public sealed class PgAdminContainerResource(string name) : ContainerResource(name);

    /// <summary>pgweb, a web page that shows PostgreSQL databases.</summary>
    /// <param name="name">The name.</param>
    public sealed class PgWebContainerResource(string name) : ContainerResource(name);

    /// <summary>A server that lets tools which speak MCP ask a PostgreSQL database.</summary>
    /// <param name="name">The name.</param>
    [Experimental("ASPIREPOSTGRES001")]
    public sealed class PostgresMcpContainerResource(string name) : ContainerResource(name);
}

namespace Aspire.Hosting
{
    /// <summary>Tells pgAdmin about the servers of the application.</summary>
    internal static class PgAdminServers
    {
        /// <summary>The list of servers, and their passwords in a file that only pgAdmin may read.</summary>
        public static async Task<IEnumerable<ContainerFileSystemItem>> FilesAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken)
        {
            const int PgAdminUser = 5050;
            var servers = new Dictionary<string, object>();
            var passwords = new List<string>();
            foreach (var server in resources.OfType<PostgresServerResource>())
            {
                var user = await server.UserNameReference.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? "postgres";
                var port = server.PrimaryEndpoint.TargetPort ?? 5432;
                servers[$"{servers.Count + 1}"] = new
                {
                    server.Name,
                    Host = server.Name,
                    Port = port,
                    Username = user,
                    SSLMode = "prefer",
                    MaintenanceDB = "postgres",
                    Group = "Servers",
                    PassFile = "/pgadmin4/pgpass",
                };
                passwords.Add($"{server.Name}:{port}:*:{user}:{await server.PasswordParameter.GetValueAsync(cancellationToken).ConfigureAwait(false)}");
            }

            return
            [
                new ContainerFile { Name = "servers.json", Contents = JsonSerializer.Serialize(new { Servers = servers }) },
                new ContainerFile
                {
                    Name = "pgpass",
                    Contents = string.Concat(passwords.Select(p => p + "\n")),
                    Owner = PgAdminUser,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                },
            ];
        }
    }

    /// <summary>Tells pgweb about the databases of the application.</summary>
    internal static class PgWebBookmarks
    {
        /// <summary>One bookmark for each database.</summary>
        public static async Task<IEnumerable<ContainerFileSystemItem>> FilesAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken)
        {
            var bookmarks = new List<ContainerFileSystemItem>();
            foreach (var database in resources.OfType<PostgresDatabaseResource>())
            {
                var server = database.Parent;
                var user = await server.UserNameReference.GetValueAsync(cancellationToken).ConfigureAwait(false);
                var password = await server.PasswordParameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
                bookmarks.Add(new ContainerFile
                {
                    Name = $"{database.Name}.toml",
                    Contents = $"""
                        host = "{server.Name}"
                        port = {server.PrimaryEndpoint.TargetPort ?? 5432}
                        user = "{user}"
                        password = {JsonSerializer.Serialize(password)}
                        database = "{database.DatabaseName}"
                        sslmode = "disable"

                        """,
                });
            }

            return [new ContainerDirectory { Name = ".pgweb", Entries = [new ContainerDirectory { Name = "bookmarks", Entries = bookmarks }] }];
        }
    }
}
