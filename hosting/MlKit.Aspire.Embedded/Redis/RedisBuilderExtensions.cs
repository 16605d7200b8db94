using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Redis servers.</summary>
public static partial class RedisBuilderExtensions
{
    private const string Image = "library/redis";
    private const string Tag = "8.6";
    private const string Registry = "docker.io";
    private const int DefaultPort = 6379;
    private const string PasswordVariable = "REDIS_PASSWORD";

    /// <summary>Adds a Redis server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="port">The port that callers on this machine use; null lets the host choose.</param>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port) =>
        builder.AddRedis(name, port, null);

    /// <summary>Adds a Redis server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="port">The port that callers on this machine use; null lets the host choose.</param>
    /// <param name="password">The password; null generates one.</param>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = default, IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);

        // The password goes into a connection string whose parts are separated by commas, and into a shell command.
        var secret = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var redis = new RedisResource(name, secret);
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            check, _ => new RedisPing(redis), failureStatus: null, tags: null));
        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: DefaultPort, scheme: "redis", name: RedisResource.PrimaryEndpointName)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithHealthCheck(check)
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is { } value)
                {
                    context.EnvironmentVariables[PasswordVariable] = value;
                }
            })
            .WithArgs(context =>
            {
                context.Args.Add("-c");
                context.Args.Add(Command(redis, context.ExecutionContext.IsPublishMode));
            });
    }

    /// <summary>Sets the port that callers on this machine use.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="port">The port; null lets the host choose.</param>
    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
    }

    /// <summary>Sets the password.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="password">The password; null for none.</param>
    public static IResourceBuilder<RedisResource> WithPassword(this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.SetPassword(password?.Resource);
        return builder;
    }

    /// <summary>Keeps the data in a volume, and saves them once a minute where one key changed, unless said otherwise.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the volume; the default is made of the application and the resource.</param>
    /// <param name="isReadOnly">Whether the server may only read.</param>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithDefaultPersistence();
    }

    /// <summary>Keeps the data in a folder of this machine, and saves them once a minute where one key changed, unless said otherwise.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The folder, relative to the AppHost's.</param>
    /// <param name="isReadOnly">Whether the server may only read.</param>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithBindMount(source, "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithDefaultPersistence();
    }

    /// <summary>Sets how often the data are saved.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="interval">The time between saves; the default is one minute.</param>
    /// <param name="keysChangedThreshold">The least number of changed keys that is worth a save.</param>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = default, long keysChangedThreshold = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var seconds = (long)(interval ?? TimeSpan.FromMinutes(1)).TotalSeconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1, nameof(interval));
        ArgumentOutOfRangeException.ThrowIfLessThan(keysChangedThreshold, 1);
        return builder.WithAnnotation(new RedisPersistenceAnnotation(seconds, keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Loads a module of the image.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="path">The path inside the image.</param>
    public static IResourceBuilder<RedisResource> WithModule(this IResourceBuilder<RedisResource> builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.WithAnnotation(new RedisModuleAnnotation(path));
    }

    private static IResourceBuilder<RedisResource> WithDefaultPersistence(this IResourceBuilder<RedisResource> builder) =>
        builder.Resource.HasAnnotationOfType<RedisPersistenceAnnotation>() ? builder : builder.WithPersistence();

    private static string Command(RedisResource redis, bool isPublished)
    {
        var command = new List<string> { "redis-server" };
        if (redis.PasswordParameter is not null)
        {
            // In a cluster the Secret may be there without content: a server without a password must not start.
            command.AddRange(["--requirepass", isPublished ? $"\"${{{PasswordVariable}:?the Secret holds no password}}\"" : $"${PasswordVariable}"]);
        }

        if (redis.TryGetLastAnnotation<RedisPersistenceAnnotation>(out var save))
        {
            command.AddRange(["--save", save.Seconds.ToString(CultureInfo.InvariantCulture), save.Keys.ToString(CultureInfo.InvariantCulture)]);
        }

        foreach (var module in redis.Annotations.OfType<RedisModuleAnnotation>())
        {
            command.AddRange(["--loadmodule", module.Path]);
        }

        return string.Join(' ', command);
    }
}

/// <summary>How often a Redis server saves its data.</summary>
internal sealed record RedisPersistenceAnnotation(long Seconds, long Keys) : IResourceAnnotation;

/// <summary>A module that a Redis server loads.</summary>
internal sealed record RedisModuleAnnotation(string Path) : IResourceAnnotation;
