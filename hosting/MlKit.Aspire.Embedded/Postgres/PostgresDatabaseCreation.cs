using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Aspire.Hosting;

/// <summary>Creates the databases of a server that became ready.</summary>
internal static partial class PostgresDatabaseCreation
{
    private const string DuplicateDatabase = "42P04";

    public static async Task CreateAsync(PostgresDatabaseResource database, IServiceProvider services, CancellationToken cancellationToken)
    {
        var logger = services.GetRequiredService<ResourceLoggerService>().GetLogger(database);
        var script = database.TryGetLastAnnotation<PostgresCreationScriptAnnotation>(out var own)
            ? own.Script
            : $"CREATE DATABASE \"{database.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        try
        {
            var connectionString = await database.Parent.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
            await using var connection = new NpgsqlConnection($"{connectionString};Database=postgres");
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand(script, connection);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            Created(logger, database.DatabaseName);
        }
        catch (PostgresException e) when (e.SqlState == DuplicateDatabase)
        {
            Existed(logger, database.DatabaseName);
        }
        catch (NpgsqlException e)
        {
            // The database's own health check keeps those who wait for it waiting; the reason stands here.
            Failed(logger, database.DatabaseName, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database '{Database}' created")]
    private static partial void Created(ILogger logger, string database);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Database '{Database}' was there")]
    private static partial void Existed(ILogger logger, string database);

    [LoggerMessage(Level = LogLevel.Error, Message = "Database '{Database}' could not be created: {Reason}")]
    private static partial void Failed(ILogger logger, string database, string reason);
}
