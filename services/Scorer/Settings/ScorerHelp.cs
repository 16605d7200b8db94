namespace MlKit.Scorer.Settings;

/// <summary>The settings as <c>--help</c> prints them.</summary>
internal static class ScorerHelp
{
    public const string Text = """
        MlKit scorer: an Open Inference Protocol v2 server for ONNX and ML.NET models.

        usage: Scorer [--urls http://127.0.0.1:8000]
               Scorer --write-gate-key FILE        writes the public key that belongs to MLKIT__GATE__SIGNINGKEY, and ends

        models
          MLKIT__SCORER__MODELREPOSITORY   folder with one folder per model: NAME/model.onnx, NAME/model.zip, or Triton's
                                           NAME/VERSION/model.onnx with NAME/config.pbtxt
          MLKIT__SCORER__CONTROL           api (default: load and unload calls work), none, or poll (the folder is followed)
          MLKIT__SCORER__TRUSTREPOSITORY   true: the folder may hold ML.NET models (model.zip); default false
          MLKIT__SCORER__REGISTRYMODELS    registered models, separated by ';': models:/NAME@ALIAS or models:/NAME/VERSION
          MLKIT__SCORER__REQUIREGATE       true: registry versions need a gate document that verifies; default false
          MLKIT__SCORER__GATE__PUBLICKEY   PEM file of the key of gate documents (ECDSA P-256)
          MLKIT__SCORER__POLLSECONDS       seconds between two looks at registry or folder, 0.01 to 3600 (default 1)
          MLKIT__SCORER__RETIRESECONDS     seconds for which a replaced version still answers by number, 0 to 3600 (default 10)
          MLKIT__SCORER__STRICTREADINESS   false: ready although a model failed to load; default true
          MLKIT__SCORER__MAXMODELBYTES     largest model with its external data (default 2147483647)
          MLKIT__SCORER__PROBESECONDS      longest time to load a new model in the probe process, 0.1 to 3600 (default 120)
          MLKIT__SCORER__PROBEBYTES        memory of the probe process (default 4294967296)
          MLKIT__SCORER__MEMORYBUDGET      no model is loaded while the process has more bytes (default 0: no limit)

        ports and limits
          MLKIT__SCORER__GRPCPORT          port of gRPC, 0 to 65535 (0: any free one; default: gRPC is off)
          MLKIT__SCORER__METRICSPORT       a further port for /metrics, 0 to 65535 (default: none)
          MLKIT__SCORER__MAXREQUESTBYTES   largest request after decompression, 1024 to 2147483647 (default 67108864)
          MLKIT__SCORER__HEADERSECONDS     seconds within which a client must have sent its headers, 0.1 to 3600 (default 15)

        scheduling
          MLKIT__SCORER__MAXCONCURRENCY    inferences of one model at the same time without instance_group, 1 to 1024
                                           (default: processors)
          MLKIT__SCORER__COMPUTESLOTS      inferences of all models at the same time, 1 to 1024 (default: processors)
          MLKIT__SCORER__INTRAOPTHREADS    threads inside one inference, 1 to 256 (default 1)
          MLKIT__SCORER__BATCHSIZE         largest batch of models without max_batch_size (default 65536)
          MLKIT__SCORER__QUEUESIZE         requests of one model in progress, 1 to 1000000 (default 1024)
          MLKIT__SCORER__QUEUEPOLICY       reject (default: 503 with Retry-After) or wait
          MLKIT__SCORER__QUEUEFLOOR        requests of one model that are let in even under overload (default 64)
          MLKIT__SCORER__QUEUETARGETSECONDS  waiting time that is taken as overload, 0.001 to 60 (default 0.05)
          MLKIT__SCORER__RUNSECONDS        longest time of one inference, 0.1 to 86400 (default 60)

        processor
          MLKIT__SCORER__PROVIDER          auto (default), or a list in the order of preference: tensorrt, cuda, cpu
          MLKIT__SCORER__REQUIREGPU        true: do not start without a GPU; default false
          MLKIT__SCORER__DEVICEID          number of the GPU (default 0)
          MLKIT__SCORER__GPUMEMORYBYTES    GPU memory of one model (default 0: no limit)
          MLKIT__SCORER__SHRINKARENA       true: memory that a run needed is given back after it; default false

        surroundings
          services__mlflow__http__0        address of the tracking server (needed with REGISTRYMODELS)
          MLKIT__STATE__PATH               folder for the model cache (default .mlkit/scorer)
          OTEL_EXPORTER_OTLP_ENDPOINT      where traces, metrics and logs go (default: nowhere)
        """;
}
