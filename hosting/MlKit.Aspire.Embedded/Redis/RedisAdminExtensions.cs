using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;

namespace Aspire.Hosting
{
    public static partial class RedisBuilderExtensions
    {
        private const string InsightDataPath = "/data";

        /// <summary>Adds Redis Commander, a web page that shows all Redis servers of the application; a second call changes it.</summary>
        /// <param name="builder">A server.</param>
        /// <param name="configureContainer">Changes the container.</param>
        /// <param name="containerName">The name of the resource; the default is <c>rediscommander</c>.</param>
        public static IResourceBuilder<RedisResource> WithRedisCommander(this IResourceBuilder<RedisResource> builder, Action<IResourceBuilder<RedisCommanderResource>>? configureContainer = null, string? containerName = null)
        {
            ArgumentNullException.ThrowIfNull(builder);
            var commander = CompanionContainer.GetOrAdd(builder, containerName ?? "rediscommander", name => new RedisCommanderResource(name), added => added
                .WithImage("rediscommander/redis-commander", "latest").WithImageRegistry("docker.io")
                .WithHttpEndpoint(targetPort: 8081, name: "http")
                .WithEnvironment(context => context.EnvironmentVariables["REDIS_HOSTS"] = Hosts(builder.ApplicationBuilder.Resources)));
            configureContainer?.Invoke(commander);
            return builder;
        }

        /// <summary>Adds Redis Insight, a web page that shows all Redis servers of the application; a second call changes it.</summary>
        /// <param name="builder">A server.</param>
        /// <param name="configureContainer">Changes the container.</param>
        /// <param name="containerName">The name of the resource; the default is <c>redisinsight</c>.</param>
        public static IResourceBuilder<RedisResource> WithRedisInsight(this IResourceBuilder<RedisResource> builder, Action<IResourceBuilder<RedisInsightResource>>? configureContainer = null, string? containerName = null)
        {
            ArgumentNullException.ThrowIfNull(builder);
            var insight = CompanionContainer.GetOrAdd(builder, containerName ?? "redisinsight", name => new RedisInsightResource(name), added => added
                .WithImage("redis/redisinsight", "3.4").WithImageRegistry("docker.io")
                .WithHttpEndpoint(targetPort: 5540, name: "http")
                .WithEnvironment("RI_ACCEPT_TERMS_AND_CONDITIONS", "true")
                .WithEnvironment(context => AddServers(context, builder.ApplicationBuilder.Resources)));
            configureContainer?.Invoke(insight);
            return builder;
        }

        /// <summary>Sets the port that callers on this machine use.</summary>
        /// <param name="builder">Redis Commander.</param>
        /// <param name="port">The port; null lets the host choose.</param>
        public static IResourceBuilder<RedisCommanderResource> WithHostPort(this IResourceBuilder<RedisCommanderResource> builder, int? port)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.WithEndpoint("http", endpoint => endpoint.Port = port);
        }

        /// <summary>Sets the port that callers on this machine use.</summary>
        /// <param name="builder">Redis Insight.</param>
        /// <param name="port">The port; null lets the host choose.</param>
        public static IResourceBuilder<RedisInsightResource> WithHostPort(this IResourceBuilder<RedisInsightResource> builder, int? port)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.WithEndpoint("http", endpoint => endpoint.Port = port);
        }

        /// <summary>Keeps what Redis Insight remembers in a volume.</summary>
        /// <param name="builder">Redis Insight.</param>
        /// <param name="name">The name of the volume; the default is made of the application and the resource.</param>
        public static IResourceBuilder<RedisInsightResource> WithDataVolume(this IResourceBuilder<RedisInsightResource> builder, string? name = null)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), InsightDataPath);
        }

        /// <summary>Keeps what Redis Insight remembers in a folder of this machine.</summary>
        /// <param name="builder">Redis Insight.</param>
        /// <param name="source">The folder, relative to the AppHost's.</param>
        public static IResourceBuilder<RedisInsightResource> WithDataBindMount(this IResourceBuilder<RedisInsightResource> builder, string source) =>
            builder.WithBindMount(source, InsightDataPath);

        // label:host:port:database[:password], separated by commas; the containers see each other by name.
        private static ReferenceExpression Hosts(IEnumerable<IResource> resources)
        {
            var hosts = new ReferenceExpressionBuilder();
            foreach (var redis in resources.OfType<RedisResource>())
            {
                hosts.AppendLiteral($"{(hosts.IsEmpty ? "" : ",")}{redis.Name}:{redis.Name}:{DefaultPort}:0");
                if (redis.PasswordParameter is { } password)
                {
                    hosts.Append($":{password}");
                }
            }

            return hosts.Build();
        }

        private static void AddServers(EnvironmentCallbackContext context, IEnumerable<IResource> resources)
        {
            var number = 1;
            foreach (var redis in resources.OfType<RedisResource>())
            {
                context.EnvironmentVariables[$"RI_REDIS_HOST{number}"] = redis.Name;
                context.EnvironmentVariables[$"RI_REDIS_PORT{number}"] = $"{DefaultPort}";
                context.EnvironmentVariables[$"RI_REDIS_ALIAS{number}"] = redis.Name;
                if (redis.PasswordParameter is { } password)
                {
                    context.EnvironmentVariables[$"RI_REDIS_PASSWORD{number}"] = password;
                }

                number++;
            }
        }
    }
}

namespace Aspire.Hosting.Redis
{
    /// <summary>Redis Commander, a web page that shows Redis servers.</summary>
    /// <param name="name">The name.</param>
    public class RedisCommanderResource(string name) : ContainerResource(name);

    /// <summary>Redis Insight, a web page that shows Redis servers.</summary>
    /// <param name="name">The name.</param>
    public class RedisInsightResource(string name) : ContainerResource(name);
}
