using Aspire.Hosting;

namespace MlKit.Tests.Kubernetes;

/// <summary>Databases with several users, a cache, several projects, an external service and secrets that are given.</summary>
internal static class ShopTopology
{
    public static void Compose(IDistributedApplicationBuilder builder)
    {
        var services = Path.Combine(Repository.Root, "services");
        var token = builder.AddParameter("payment-token", secret: true);
        var region = builder.AddParameter("region", "eu-west-1", publishValueAsDefault: true);
        var postgres = builder.AddPostgres("pg").WithDataVolume("pg-data");
        var orders = postgres.AddDatabase("orders");
        var stock = postgres.AddDatabase("stock-db", "stock");
        var cache = builder.AddRedis("cache").WithDataVolume();
        var payments = builder.AddExternalService("payments", "https://payments.example.com/");

        var catalog = builder.AddDotnetProject("catalog", Path.Combine(services, "Tracking", "Tracking.csproj"))
            .WithHttpEndpoint()
            .WithReference(stock)
            .WithHttpHealthCheck("/health")
            .WaitFor(stock);
        builder.AddDotnetProject("checkout", Path.Combine(services, "Scorer", "Scorer.csproj"))
            .WithHttpEndpoint()
            .WithReference(orders)
            .WithReference(cache)
            .WithReference(catalog)
            .WithReference(payments)
            .WithEnvironment("PAYMENT_TOKEN", token)
            .WithEnvironment("REGION", region)
            .WithReplicas(3)
            .WaitFor(orders)
            .WaitFor(cache)
            .WaitFor(catalog)
            .WithDisruptionBudget("50%")
            .WithAutoscaling(min: 2, max: 6, cpu: 60, requestsPerSecond: 50)
            .WithPublicHost("shop.example.com", tlsSecret: "shop-tls");
    }
}
