namespace MlKit.Tests;

/// <summary>One server for the tests of a class.</summary>
public abstract class TrackingFixture(PostgresServer postgres, Backend backend) : IAsyncLifetime
{
    internal TrackingProcess Server { get; private set; } = null!;

    internal Wire Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await postgres.StartTrackingAsync(backend);
        Api = new Wire(Server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Api?.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}

public sealed class SqliteFixture(PostgresServer postgres) : TrackingFixture(postgres, Backend.Sqlite);

public sealed class PostgresFixture(PostgresServer postgres) : TrackingFixture(postgres, Backend.Postgres);
