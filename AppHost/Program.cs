var builder = DistributedApplication.CreateBuilder(args);
builder.AddKubernetesEnvironment("k8s").WithHelm(helm => helm.WithChartName("mlkit"));

var mlflow = builder.AddMlflow("mlflow");
var redis = builder.AddOnlineStore("redis");
var feast = builder.AddFeast("feast", redis);

var training = builder.AddDotnetProject("training", "../services/TrainingWorker/TrainingWorker.csproj")
    .WithState()
    .WithTrainingData()
    .WithReference(mlflow)
    .WithFeatureStore(feast)
    .WaitFor(mlflow)
    .WaitFor(feast)
    .AsTrainingJob(schedule: "0 3 * * *")
    .WithMonitoring();

var scorer = builder.AddDotnetProject("scorer", "../services/Scorer/Scorer.csproj")
    .WithState()
    .WithDefaultHttpPort(8000)
    .WithDefaultGrpcPort(8001, env: "MLKIT__SCORER__GRPCPORT")
    .WithReference(mlflow)
    .WithModel("recommender-retrieval")
    .WithModel("recommender-ranker")
    .WithPromotionGate(training)
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WaitFor(mlflow)
    .WaitForTraining(training)
    .WithGpu(1)
    .WithAutoscaling(min: 2, max: 4, queueDepth: 16)
    .WithMonitoring(slo => slo.Latency = TimeSpan.FromMilliseconds(100));

builder.AddDotnetProject("recommendations", "../services/RecommendationApi/RecommendationApi.csproj")
    .WithState()
    .WithFeedbackLog()
    .WithDefaultHttpPort(8080)
    .WithExternalHttpEndpoints()
    .WithReference(feast)
    .WithReference(scorer)
    .WithReference(mlflow)
    .WithHttpHealthCheck("/health")
    .WaitFor(feast)
    .WaitFor(scorer)
    .WithAutoscaling(min: 2, max: 10, requestsPerSecond: 100)
    .WithMonitoring(slo => slo.Latency = TimeSpan.FromMilliseconds(250));

builder.Build().Run();
